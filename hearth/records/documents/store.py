"""An object store that speaks S3, where HEARTH_STORE_URL names one: its own address, and the bucket after the stroke."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 20


class StoreAway(Exception):
    """The store cannot be reached, or does not do what it is asked."""


class ObjectMissing(Exception):
    """The store answers, and has nothing under that key."""


def put(key: str, content: bytes) -> None:
    """Write an object; never over one that is there."""
    _ask("put_object", Key=key, Body=content, IfNoneMatch="*", ContentType="application/octet-stream")


def get(key: str) -> bytes:
    """Read an object whole."""
    return bytes(_ask("get_object", Key=key))


def delete(key: str) -> None:
    """Delete an object; one that is not there is deleted already."""
    _ask("delete_object", Key=key)


def _ask(name: str, **what: Any) -> Any:
    from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

    if not settings.HEARTH_STORE_URL:
        raise StoreAway("HEARTH_STORE_URL names no store")
    parts = urlsplit(settings.HEARTH_STORE_URL)
    client = _client(
        f"{parts.scheme}://{parts.netloc}",
        settings.HEARTH_STORE_REGION,
        settings.HEARTH_STORE_KEY,
        settings.HEARTH_STORE_SECRET,
    )
    try:
        answer = getattr(client, name)(Bucket=parts.path.strip("/"), **what)
        return answer["Body"].read() if name == "get_object" else None
    except ClientError as fault:
        code = str(fault.response.get("Error", {}).get("Code", ""))
        if code in ("NoSuchKey", "404"):
            raise ObjectMissing(what["Key"]) from fault
        raise StoreAway(f"the store answered {code}") from fault
    except (BotoCoreError, HTTPClientError, OSError) as fault:
        raise StoreAway(type(fault).__name__) from fault


@lru_cache(maxsize=4)
def _client(address: str, region: str, key: str, secret: str) -> Any:
    """One client a process: it keeps its connections. Without a key of ours the machine's own identity is used."""
    import boto3  # a second to load, and only where there is a store
    from botocore.config import Config

    return boto3.session.Session().client(
        "s3",
        endpoint_url=address,
        region_name=region,
        aws_access_key_id=key or None,
        aws_secret_access_key=secret or None,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            connect_timeout=5,
            read_timeout=SECONDS,
            retries={"total_max_attempts": 2},
            request_checksum_calculation="when_required",  # stores of other makers do not know the newer ways
            response_checksum_validation="when_required",
        ),
    )
