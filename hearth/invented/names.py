"""What invented people are called: given and family names that occur together, about as often as in life."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True)
class Pool:
    """Names, the commonest first, and how often each is met: a few very often, most of them seldom."""

    names: tuple[str, ...]
    met: tuple[float, ...]

    def pick(self, dice: random.Random, but: Sequence[str] = ()) -> str:
        """One name, as often as in life; not one of `but`, as siblings have names of their own."""
        for _ in range(20):
            name = dice.choices(self.names, cum_weights=self.met)[0]
            if name not in but:
                return name
        return next((name for name in self.names if name not in but), self.names[0])


def _pool(names: str, seldom: Sequence[str] = ()) -> Pool:
    """The names in their order; the `seldom` ones share half of all people, as rare family names do."""
    common = tuple(dict.fromkeys(names.split()))
    weights = [1 / (place + 20) for place in range(len(common))]
    rare = tuple(name for name in dict.fromkeys(seldom) if name not in common)
    weights += [sum(weights) / len(rare)] * len(rare) if rare else []
    return Pool(common + rare, tuple(accumulate(weights)))


@dataclass(frozen=True)
class Community:
    """Families who choose names from the same pools."""

    ethnicity: str
    share: int
    women: Pool
    men: Pool
    girls: Pool
    boys: Pool
    surnames: Pool

    def given(self, sex: str, adult: bool) -> Pool:
        """First names of that age and sex; boys' and men's for whoever is not recorded as female."""
        return (self.women if sex == "F" else self.men) if adult else (self.girls if sex == "F" else self.boys)


# Places' names that became families' names: most of a district has one that hardly anybody shares.
_PLACES = (
    "Ack Ald Ash Barn Birk Black Brad Bram Brock Burn Cald Carl Clay Cross Crow Dal Den East Elm Fair Fern Garth Green Had"
    " Hales Hart Hasling Hazel Heath Hel High Hol Horn Hurst Kirk Lang Lin Long Marl Marsh Mel Mid Nor Oak Old Os Pen"
    " Pres Rams Raw Red Rish Rox Rush Sal Shar Shel Silver Skel Stan Stock Sut Thorn Traw Up Wal War Wes Whit Win Wood Wool"
)
_ENDINGS = "worth bottom shaw field ham ley wood ton croft clough man dale bridge well ford den gate by thwaite hurst"

COMMUNITIES = (
    Community(
        "WBRI",
        74,
        _pool(
            "Sarah Claire Gemma Emma Laura Kelly Rachel Lisa Michelle Nicola Amy Donna Hayley Leanne Stacey Samantha Rebecca"
            " Victoria Joanne Natalie Zoe Lauren Danielle Charlotte Louise Kirsty Jade Katie Jennifer Amanda Natasha Kerry"
            " Melissa Hannah Heather Dawn Kimberley Sophie Helen Julie Stephanie Vicky Alison Carly Cheryl Debbie Holly"
            " Chantelle Lyndsey Becky Abigail Bethany Sian Tracey Karen Lindsay Alexandra Jodie Naomi Ellen Paula Sally"
        ),
        _pool(
            "David Paul Andrew Mark James Michael Christopher Lee Craig Daniel Matthew Stephen Richard Darren Ryan Robert"
            " Jason Scott Simon Adam Gary Anthony Wayne Dean Jonathan Karl Stuart Liam Neil Ian Carl Martin Philip Thomas"
            " Peter Kevin Shaun Steven Benjamin Ashley Luke Nathan Kieran Jamie Gareth Graham Alan Barry Damien Russell"
            " Sean Warren Glen Ross Nigel Keith Leon Marcus Duncan Aaron Joseph Bradley Jordan Kyle"
        ),
        _pool(
            "Olivia Amelia Isla Ava Mia Lily Ella Grace Freya Evie Poppy Sophia Emily Charlotte Isabella Daisy Willow Ruby"
            " Phoebe Florence Sienna Chloe Jessica Millie Elsie Rosie Matilda Evelyn Harper Alice Ivy Esme Erin Scarlett"
            " Maisie Imogen Lola Eliza Holly Summer Amber Ellie Lottie Molly Bella Jasmine Robyn Skye Lexi Orla Georgia"
            " Violet Hallie Darcey Nancy Penelope Thea Lacey Heidi Lyla Aria Beatrice Martha Eleanor Abigail Megan Zara"
            " Leah Libby Faith Summer Ottilie Clara Ada Rose Maeve Niamh Paige Tilly Bethany Hope Nevaeh Mabel Connie"
        ),
        _pool(
            "Oliver George Harry Noah Jack Leo Charlie Freddie Alfie Theo Archie Oscar Jacob Arthur Henry Thomas Logan"
            " William Joshua James Max Lucas Isaac Finley Harrison Teddy Reggie Tommy Riley Mason Jaxon Toby Sebastian"
            " Harvey Dylan Jude Louie Ronnie Roman Ethan Hugo Albie Jake Tyler Bobby Stanley Callum Reuben Elliot Luca"
            " Kai Frankie Ellis Owen Nathan Blake Rory Ralph Jenson Carter Luke Connor Zachary Ezra Ollie Austin Jesse"
            " Caleb Arlo Felix Jasper Brody Sonny Rex Corey Reece Kian Declan Bailey Kayden Harley Vinnie Grayson Ted"
        ),
        _pool(
            "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Walker White Edwards Hughes"
            " Green Hall Wood Harris Clarke Jackson Turner Hill Moore Cooper Ward Morris King Watson Harrison Baker Allen"
            " Mitchell Anderson Phillips Lee Bell Parker Davis Bennett Cook Shaw Richardson Carter Collins Marshall Bailey"
            " Gray Cox Adams Wilkinson Foster Chapman Mason Russell Powell Webb Rogers Hunt Mills Holmes Palmer Matthews"
            " Fisher Barnes Knight Harvey Barker Butler Jenkins Stevens Pearson Dixon Fletcher Hunter Fox Hargreaves"
            " Ashworth Pickles Entwistle Crabtree Whittle Sagar Lord Greenwood Catlow Riley Cunliffe Proctor Duckett Holt"
            " Bracewell Heap Nutter Kershaw Haworth Aspinall Rigby Fielding Hindle Pilkington Houghton Eccles Livesey",
            [place + ending for place in _PLACES.split() for ending in _ENDINGS.split()],
        ),
    ),
    Community(
        "APKN",
        14,
        _pool(
            "Shazia Nasreen Saima Rukhsana Aneesa Farzana Samina Shabana Nazia Rubina Sadia Shaheen Tahira Zahida Asma"
            " Fozia Yasmin Parveen Sobia Uzma Noreen Kiran Shamim Rabia Sumaira"
        ),
        _pool(
            "Mohammed Tariq Imran Kashif Nadeem Wasim Bilal Asif Shahid Zahid Amjad Khalid Naveed Rashid Sajid Arshad"
            " Javed Adnan Faisal Nasir Waqas Usman Kamran Zulfiqar Yasir"
        ),
        _pool(
            "Aisha Maryam Fatima Zainab Hafsa Khadija Iqra Noor Amina Zara Sana Safa Inaya Hania Eshal Anaya Haniya Zoya"
            " Aleena Mahnoor Laiba Iman Hira Sumayyah Ayesha Areeba Mahira Rida"
        ),
        _pool(
            "Muhammad Yusuf Ibrahim Hamza Zain Haris Musa Abdullah Ismail Umar Ali Ahmed Hassan Bilal Adam Rayyan Idris"
            " Eesa Zakariya Ayaan Mikaeel Haroon Yahya Hashim Zayn Saad Sulaiman Dawud"
        ),
        _pool(
            "Hussain Khan Ahmed Ali Mahmood Akhtar Iqbal Malik Raja Shah Hussein Mohammed Rehman Begum Mirza Bashir"
            " Rafiq Sharif Aslam Saleem Younis Ashraf Aziz Latif Nawaz Rashid Siddique Yaqoob Butt Chaudhry Qureshi Sheikh"
        ),
    ),
    Community(
        "WOTH",
        7,
        _pool(
            "Agnieszka Katarzyna Monika Ewa Anna Magdalena Joanna Małgorzata Justyna Aleksandra Dorota Karolina Paulina"
            " Beata Iwona Sylwia Izabela Marta"
        ),
        _pool(
            "Piotr Tomasz Marek Paweł Krzysztof Marcin Michał Łukasz Grzegorz Andrzej Rafał Mariusz Dariusz Robert"
            " Sebastian Kamil Artur Wojciech"
        ),
        _pool("Zofia Hanna Maja Lena Julia Zuzanna Oliwia Amelia Alicja Laura Natalia Pola Wiktoria Emilia Nadia Gabriela"),
        _pool("Jakub Szymon Filip Antoni Jan Aleksander Franciszek Mikołaj Wojciech Adam Kacper Oskar Nikodem Marcel Igor"),
        _pool(
            "Nowak Kowalczyk Wójcik Zieliński Kamiński Lewandowski Szymański Woźniak Dąbrowski Kozłowski Mazur Jankowski"
            " Krawczyk Piotrowski Grabowski Pawłowski Michalski Król Wieczorek Wróbel Jabłoński Dudek Stępień Łuczak"
            " Górski Rutkowski Sikora Ostrowski Baran Duda Szewczyk Pietrzak Marciniak Zawadzki Sadowski Bąk"
        ),
    ),
    Community(
        "BAFR",
        5,
        _pool("Blessing Ngozi Abena Comfort Funmilayo Adaeze Akosua Patience Chidinma Folake Efua Esi Yetunde Ifeoma Mercy"),
        _pool("Emeka Kwame Samuel Tunde Chukwudi Kwabena Olumide Yaw Ifeanyi Segun Kojo Babatunde Obinna Kwesi Femi"),
        _pool("Joy Esther Ama Precious Deborah Chiamaka Temperance Adwoa Tiwa Zuri Oluwaseun Praise Hannah Favour Nana"),
        _pool("David Kofi Daniel Emmanuel Joshua Michael Chidi Tobi Ebenezer Elijah Nathaniel Kelechi Jeremiah Ayo Isaac"),
        _pool(
            "Okonkwo Mensah Adeyemi Boateng O'Brien-Eze Owusu Okafor Asante Osei Adebayo Eze Appiah Okeke Nwosu Amoah Balogun"
            " Ofori Agyeman Ibrahim Oyelaran Antwi Chukwu Ogunleye Frimpong Danso Obi Nkrumah Olawale"
        ),
    ),
)  # fmt: skip


def any_community(dice: random.Random) -> Community:
    """One of them, as often as its share."""
    return dice.choices(COMMUNITIES, [community.share for community in COMMUNITIES])[0]


def community_of(surname: str) -> Community:
    """Whose name it is: the first community that has it."""
    return next((found for found in COMMUNITIES if surname in found.surnames.names), COMMUNITIES[0])
