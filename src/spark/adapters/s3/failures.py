"""What storage complains of, in our words; the operator's are in the log."""

from __future__ import annotations

import logging

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, NoCredentialsError

from ...errors import NotFound, SparkError, StorageFull, StorageUnavailable
from .address import Address

_NO_ROOM = {
    "InsufficientCapacity",
    "InsufficientStorage",
    "QuotaExceeded",
    "StorageFull",
    "XMinioAdminBucketQuotaExceeded",
    "XMinioStorageFull",
}
_REFUSED = {
    "AccessDenied",
    "ExpiredToken",
    "InvalidAccessKeyId",
    "InvalidToken",
    "SignatureDoesNotMatch",
}

_log = logging.getLogger("spark.media")


def ours(error: BotoCoreError | ClientError, address: Address) -> SparkError:
    """Our failure for one of the library's; the log says what an operator can do about it."""
    if isinstance(error, ClientError):
        return _answered(error, address)
    where = (address.bucket, address.host)
    if isinstance(error, NoCredentialsError):
        _log.error("no credentials for bucket %s at %s", *where)
    else:
        _log.warning("bucket %s at %s fails: %s", *where, type(error).__name__)
    return StorageUnavailable(retry_after=1)


def is_away(error: Exception) -> bool:
    """Whether the failure says that nobody answers, so that the next call would wait in vain."""
    return isinstance(error, HTTPClientError)


def too_slow(address: Address) -> StorageUnavailable:
    """The failure where an answer did not come in time."""
    _log.warning("bucket %s at %s did not answer in time", address.bucket, address.host)
    return StorageUnavailable(retry_after=1)


def no_bucket(address: Address) -> StorageUnavailable:
    """The failure where there is nothing to keep pictures in."""
    _log.error("there is no bucket %s at %s; create it", address.bucket, address.host)
    return StorageUnavailable()


def _answered(error: ClientError, address: Address) -> SparkError:
    code = str(error.response.get("Error", {}).get("Code", ""))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    where = (address.bucket, address.host)
    if code in _NO_ROOM or status == 507:
        _log.error("bucket %s at %s is full: %s", *where, code)
        return StorageFull()
    if code == "NoSuchBucket":
        return no_bucket(address)
    if status == 404:
        return NotFound()
    if status in (401, 403) or code in _REFUSED:
        _log.error(
            "bucket %s at %s refuses us (%s): check the credentials, and that they allow "
            "s3:ListBucket, s3:GetObject and s3:PutObject",
            *where,
            code,
        )
        return StorageUnavailable()
    _log.warning("bucket %s at %s answers %s %s", *where, status, code)
    return StorageUnavailable(retry_after=1)
