"""What comes in for staff."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StrictStr

from settlement_backend.base.shapes import Body, Fen, Ident, Word

Password = Annotated[StrictStr, Field(min_length=1, max_length=200)]
Roles = Annotated[list[Ident], Field(min_length=1, max_length=6)]
Count = Annotated[StrictInt, Field(ge=0, le=100_000)]
_SECRETS = {"password", "new_password", "second_password", "to_password"}


class SecretBody(Body):
    """A request that carries passwords; they never reach the text a key is bound to."""

    def told(self) -> str:
        """Everything but the passwords."""
        return self.model_dump_json(exclude=_SECRETS)


class SignIn(Body):
    operator: Ident
    password: Password


class ChangePassword(SecretBody):
    operator: Ident
    password: Password
    new_password: Password


class NewOperator(SecretBody):
    operator: Annotated[StrictStr, Field(pattern=r"^[0-9A-Za-z]{3,20}$")]
    name: Annotated[StrictStr, Field(min_length=1, max_length=40)]
    roles: Roles
    password: Password


class NewRoles(Body):
    roles: Roles


class Reset(SecretBody):
    password: Password


class Disable(Body):
    disabled: StrictBool


class OpenShift(Body):
    float_fen: Fen


class CloseShift(SecretBody):
    counted_fen: Fen
    explanation: Word = ""
    second_operator: Annotated[StrictStr, Field(max_length=20)] = ""
    second_password: Annotated[StrictStr, Field(max_length=200)] = ""


class HandOver(CloseShift):
    to_operator: Ident
    to_password: Password


class CountedNotes(Body):
    denomination_fen: Annotated[StrictInt, Field(ge=1, le=100_000)]
    counted: Count
    in_journal: Count


class EmptyBox(Body):
    box_number: Ident
    notes: Annotated[list[CountedNotes], Field(max_length=20)]
    explanation: Word = ""
