#include "common_names.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* First names, surnames and places, and the small words between; in the order of the letters. */
static const char *const names[] = {
	"abbey",    "ace",       "alder",     "amber",    "and",      "angel",    "apple",    "april",    "art",
	"ash",      "aspen",     "aurora",    "autumn",   "baby",     "baker",    "banks",    "barber",   "bark",
	"barker",   "barking",   "bath",      "battle",   "bay",      "beach",    "bear",     "beer",     "bell",
	"berry",    "best",      "bill",      "birch",    "bird",     "bishop",   "black",    "blaze",    "bless",
	"blessing", "blue",      "blythe",    "bob",      "bold",     "bolt",     "bond",     "bonnie",   "bonny",
	"booth",    "boss",      "bourne",    "bow",      "bowling",  "bright",   "brook",    "brooks",   "brown",
	"buck",     "bud",       "buddy",     "bude",     "burns",    "bury",     "bush",     "buster",   "butler",
	"candy",    "carpenter", "carter",    "case",     "cash",     "castle",   "chad",     "chance",   "chapel",
	"chapman",  "charity",   "chase",     "child",    "childs",   "china",    "chip",     "chuck",    "church",
	"clay",     "clean",     "clever",    "cliff",    "close",    "cloud",    "coal",     "cole",     "cook",
	"cooper",   "coral",     "corn",      "cotton",   "crane",    "crisp",    "cross",    "crystal",  "cuba",
	"daisy",    "dale",      "dawn",      "day",      "deal",     "dean",     "dear",     "delight",  "destiny",
	"diamond",  "dick",      "dip",       "diss",     "dolly",    "don",      "dot",      "drew",     "duchess",
	"dude",     "duke",      "dusty",     "earl",     "early",    "east",     "eden",     "elder",    "ember",
	"emerald",  "english",   "eve",       "eye",      "faith",    "falcon",   "farmer",   "fern",     "field",
	"fisher",   "fleet",     "flint",     "flora",    "flower",   "flowers",  "ford",     "forest",   "forth",
	"foster",   "fox",       "frank",     "free",     "freedom",  "french",   "friend",   "friends",  "frost",
	"gale",     "garden",    "gay",       "gem",      "gene",     "genesis",  "georgia",  "gift",     "gill",
	"ginger",   "glen",      "glory",     "god",      "gold",     "golden",   "good",     "goodman",  "grace",
	"grand",    "grant",     "grave",     "graves",   "gray",     "green",    "grey",     "ground",   "guy",
	"hail",     "hall",      "happiness", "happy",    "hardy",    "harmony",  "harper",   "harsh",    "hart",
	"haven",    "hawk",      "hay",       "hazel",    "head",     "heath",    "heather",  "heaven",   "helm",
	"herb",     "hill",      "holly",     "holt",     "honey",    "hood",     "hook",     "hope",     "hopes",
	"house",    "hunt",      "hunter",    "hurst",    "india",    "innocent", "ireland",  "iris",     "iron",
	"israel",   "ivory",     "ivy",       "jack",     "jade",     "jay",      "jet",      "jewel",    "jo",
	"job",      "jolly",     "joy",       "june",     "justice",  "keen",     "kenya",    "kind",     "king",
	"kit",      "knight",    "lake",      "lamb",     "lance",    "lane",     "large",    "lark",     "laurel",
	"law",      "lea",       "leaf",      "lee",      "les",      "liberty",  "lily",     "little",   "lizard",
	"lodge",    "long",      "looe",      "lord",     "love",     "lovely",   "lucky",    "mace",     "mae",
	"magic",    "major",     "mar",       "mark",     "marks",    "marsh",    "mason",    "max",      "may",
	"mead",     "meadow",    "melody",    "memory",   "mercy",    "mere",     "merry",    "miles",    "mill",
	"miller",   "mills",     "minor",     "mint",     "miracle",  "misty",    "mold",     "mole",     "moody",
	"moon",     "moss",      "mule",      "music",    "neat",     "nick",     "noble",    "nor",      "norm",
	"north",    "nut",       "oak",       "ocean",    "olive",    "opal",     "orchard",  "page",     "paris",
	"park",     "parker",    "parks",     "pat",      "patience", "pea",      "peace",    "pearl",    "peg",
	"penny",    "pepper",    "pet",       "piers",    "pike",     "pine",     "pip",      "piper",    "place",
	"pleasure", "pole",      "pool",      "pop",      "poppy",    "porter",   "power",    "praise",   "precious",
	"price",    "pride",     "prince",    "promise",  "prosper",  "proud",    "prudence", "queen",    "rain",
	"ram",      "randy",     "raven",     "ray",      "read",     "reading",  "reed",     "rex",      "rich",
	"rick",     "river",     "rivers",    "rob",      "robin",    "rock",     "rod",      "roman",    "rook",
	"rose",     "rowan",     "royal",     "ruby",     "rue",      "rugby",    "rush",     "rusty",    "rye",
	"saffron",  "sage",      "saint",     "sale",     "salt",     "sand",     "sandy",    "savage",   "scarlet",
	"scout",    "seal",      "serene",    "serenity", "sergeant", "settle",   "shade",    "sharp",    "shepherd",
	"short",    "silver",    "singer",    "skip",     "sky",      "small",    "smart",    "smith",    "snow",
	"sonny",    "south",     "spark",     "speed",    "spring",   "stamp",    "star",     "starling", "steed",
	"steel",    "sterling",  "stock",     "stone",    "storm",    "story",    "strange",  "street",   "strong",
	"success",  "sue",       "sugar",     "summer",   "summers",  "sun",      "sunny",    "swan",     "sway",
	"sweet",    "swift",     "table",     "tailor",   "tall",     "tanner",   "teal",     "temple",   "the",
	"thin",     "thorn",     "tiger",     "timber",   "trace",    "treasure", "tree",     "trinity",  "trip",
	"true",     "turner",    "twist",     "tyre",     "unity",    "val",      "vale",     "van",      "velvet",
	"vi",       "vic",       "victor",    "victory",  "vine",     "violet",   "wade",     "wait",     "waite",
	"wake",     "walker",    "wall",      "walls",    "wally",    "wander",   "ward",     "warden",   "ware",
	"waters",   "watt",      "way",       "weaver",   "weeks",    "wells",    "west",     "whale",    "wheeler",
	"white",    "wick",      "wilder",    "will",     "willow",   "wills",    "wing",     "winner",   "winter",
	"winters",  "wise",      "wish",      "wolf",     "wood",     "woods",    "woody",    "worth",    "wren",
	"wye",      "york",      "young",     "zen",
};

enum { SHORT = 2, LONGEST = 15 };

static int compare(const void *name, const void *row)
{
	return strcmp(name, *(const char *const *)row);
}

/* TJ, CJ: no word but a few. */
static bool is_initials(const char *plain, size_t length)
{
	static const char words[] = " mr ms dr st nd rd th tv pc gp dj cv km kg cm mm ml ps pj vs xx xd ";
	for (size_t i = 0; i < length; i++)
		if (plain[i] < 'a' || plain[i] > 'z' || strchr("aeiouy", plain[i]))
			return false;
	for (const char *at = words; length == SHORT && at[1]; at += SHORT + 1)
		if (strncmp(at + 1, plain, SHORT) == 0)
			return false;
	return length == SHORT;
}

bool common_name(const char *plain, size_t length)
{
	char name[LONGEST + 1];
	if (length <= SHORT)
		return !is_initials(plain, length);
	if (length > LONGEST)
		return false;
	memcpy(name, plain, length);
	name[length] = '\0';
	if (bsearch(name, names, COUNT(names), sizeof *names, compare))
		return true;
	if (length <= SHORT + 1 || name[length - 1] != 's')
		return false;
	name[length - 1] = '\0'; /* willows */
	return bsearch(name, names, COUNT(names), sizeof *names, compare) != NULL;
}
