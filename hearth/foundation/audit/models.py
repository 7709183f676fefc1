"""The audit trail."""

from django.db import models

from hearth.foundation.core.models import Record


class AuditEvent(Record):
    """One thing that somebody did, saw, searched for, exported or was refused. Append-only in the database."""

    class Kind(models.TextChoices):
        DONE = "done", "Did"
        LOOKED = "looked", "Looked at"
        SEARCHED = "searched", "Searched"
        EXPORTED = "exported", "Took out"
        REFUSED = "refused", "Was refused"
        SIGNED = "signed", "Signed in or out"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    verb = models.CharField(max_length=80, help_text="room.past_tense, such as sharing.consent_withdrawn")
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    actor_organisation = models.CharField(max_length=200, blank=True)
    family_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=120, blank=True, help_text="what it was about: a reference, never a name")
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["family_id", "-created_at"], name="audit_family"),
            models.Index(fields=["actor_id", "-created_at"], name="audit_actor"),
        ]
