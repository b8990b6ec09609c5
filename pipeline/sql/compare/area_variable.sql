SELECT variable FROM variable WHERE role = 'area'
