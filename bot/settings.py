"""Settings: their names, defaults and meanings. main.py builds them from the environment; nothing else reads it."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.engines.choice import UnknownDatabase, normal_url

DESK_SECRET = "the desk's own secret: only for trying things out on one table"
DESK_ACCOUNT = "AC" + "0" * 31 + "1"
DESK_TOKEN = "the-desk-token-is-no-secret"  # signs webhooks on the desk only; live refuses it
DESK_NUMBER = "+15555550000"


class SettingsError(ValueError):
    """The settings would lose a patient; the message names each one that is wrong, and how to mend it."""


def complaints(error: ValidationError) -> str:
    """What is wrong with the settings, one line each, without the values, which may be secret."""
    return "\n".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())


class Settings(BaseSettings):
    """Every setting of the helpline. README.md has the same table."""

    model_config = SettingsConfigDict(extra="ignore", populate_by_name=True)

    mode: Literal["desk", "live"] = Field(default="desk", validation_alias="HELPLINE_MODE")
    database_url: SecretStr = Field(default=SecretStr(""), validation_alias="HELPLINE_DATABASE_URL")
    public_url: str = Field(default="", validation_alias="HELPLINE_PUBLIC_URL")
    secret_keys: SecretStr = Field(default=SecretStr(DESK_SECRET), validation_alias="HELPLINE_SECRET_KEYS")
    data_dir: Path = Field(default=Path("data"), validation_alias="HELPLINE_DATA_DIR")
    host: str = Field(default="127.0.0.1", validation_alias="HELPLINE_HOST")
    heartbeat_url: SecretStr | None = Field(default=None, validation_alias="HELPLINE_HEARTBEAT_URL")
    page_number: str | None = Field(default=None, validation_alias="HELPLINE_PAGE_NUMBER")
    phone_number: str = Field(default=DESK_NUMBER, validation_alias="HELPLINE_PHONE_NUMBER")
    config: Path | None = Field(default=None, validation_alias="HELPLINE_CONFIG")
    twilio_api_url: str | None = Field(default=None, validation_alias="HELPLINE_TWILIO_API_URL")
    account_sid: str = Field(default=DESK_ACCOUNT, validation_alias="TWILIO_ACCOUNT_SID")
    auth_token: SecretStr = Field(default=SecretStr(DESK_TOKEN), validation_alias="TWILIO_AUTH_TOKEN")
    port: int = Field(default=8000, validation_alias="PORT", ge=1, le=65535)

    @field_validator("public_url")
    @classmethod
    def _no_slash_at_the_end(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def secrets(self) -> list[str]:
        """The secrets, the one that wraps first."""
        return [key.strip() for key in self.secret_keys.get_secret_value().split(",") if key.strip()]

    @property
    def tokens(self) -> list[str]:
        """The auth tokens that sign webhooks; more than one during a rotation, the first signs our own requests."""
        return [token.strip() for token in self.auth_token.get_secret_value().split(",") if token.strip()]

    @property
    def base_url(self) -> str:
        """What Twilio calls, without a slash at the end."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        """The database URL; by default SQLite in the data directory."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir}/helpline.db"

    @property
    def own_content(self) -> Path:
        """Where this server keeps the content that the centre has put in the place of the shipped one."""
        return self.data_dir / "content"

    @property
    def sender(self) -> str:
        """The number that pages come from."""
        return self.page_number or self.phone_number

    def problems(self) -> list[str]:
        """What is wrong, and how to mend it, one line each."""
        found = [
            f"HELPLINE_SECRET_KEYS: {len(key)} characters, needs 32 or more" for key in self.secrets if len(key) < 32
        ]
        try:
            normal_url(self.database)
        except UnknownDatabase as error:
            found.append(f"HELPLINE_DATABASE_URL: {error}")
        if self.mode == "live":
            found += self._live_problems()
        return found

    def _live_problems(self) -> list[str]:
        url = urlsplit(self.public_url)
        checks = {
            "HELPLINE_SECRET_KEYS: live needs a secret of its own: python -c 'import secrets; "
            "print(secrets.token_urlsafe(48))'": not self.secrets or DESK_SECRET in self.secrets,
            "TWILIO_AUTH_TOKEN: live needs the account's auth token": not self.tokens or DESK_TOKEN in self.tokens,
            "TWILIO_ACCOUNT_SID: live needs the account's SID (AC…)": self.account_sid == DESK_ACCOUNT,
            "HELPLINE_PHONE_NUMBER: live needs the helpline's number": self.phone_number == DESK_NUMBER,
            "HELPLINE_CONFIG: live needs the centre's own file (start from helpline.example.toml)": self.config is None,
            "HELPLINE_PUBLIC_URL: live needs a public https URL": url.scheme != "https" or not url.hostname,
        }
        return [line for line, wrong in checks.items() if wrong]
