INSERT INTO rare_respondent SELECT respondent, agree FROM agreeing WHERE agree <= 2
