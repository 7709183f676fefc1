"""The bar under the header: the first page, then each group in order. A link: words, slice, permission, slices it stands for, what it is for."""

from hearth.config.navigation import buying, families, keeping, looking
from hearth.foundation.ui.navigation import NavigationItem as Item

NAVIGATION = (
    Item("My work", "home", "work_case", ("to_do",), under=("/money/",)),
    Item("Home", "home", unless="work_case"),
    *families.LINKS,
    *buying.LINKS,
    *looking.LINKS,
    *keeping.LINKS,
)
