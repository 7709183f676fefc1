"""When a night's file of casework is committed by itself, and when a person looks at it first."""

from hearth.intelligence.feeds.models import FeedLoad

FEW, SHARE = 20, 10  # more rows than this gone, and more than a tenth of what was held: something may be wrong


def is_as_expected(load: FeedLoad, waiting: int) -> bool:
    """Nothing at fault, and no more gone than a night can explain. Otherwise it waits on the page Feeds."""
    held = load.same + load.changed + load.gone
    return not waiting and (load.gone <= FEW or load.gone * SHARE <= held)
