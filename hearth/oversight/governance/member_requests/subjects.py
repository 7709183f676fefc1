"""How long what members asked for is kept. It is about the service, and names nobody who is helped."""

from hearth.foundation.core.subjects import Kept

NOBODY = "what members asked of the service, and nobody who is helped"

SUBJECTS: dict[str, Kept] = {
    f"member_requests.{name}": Kept("oversight", why=NOBODY) for name in ("MemberRequest", "RequestAnswer")
}
