"""Commercial insurance: terms, the patient's word, policies, claims."""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.claims import Authorisation, Claim, Claims, ClaimTerms, Policies
from core.steps.claims import (
    ApplyClaim,
    Authorise,
    ChoosePolicy,
    FetchClaims,
    FetchClaimTerms,
    FetchPolicies,
)


def claim_terms(backend: Exchange, _step: FetchClaimTerms) -> Told[ClaimTerms]:
    """What is agreed to before anything leaves the hospital (L11)."""
    return backend.get(reader(ClaimTerms), "/v1/claims/terms")


def claims(backend: Exchange, step: FetchClaims) -> Told[Claims]:
    """All claims of a patient; looking moves nothing."""
    return backend.get(reader(Claims), "/v1/patients/{}/claims", step.patient_id)


def authorise(backend: Exchange, step: Authorise) -> Told[Authorisation]:
    """One word more harms nobody, so a fresh key is safe."""
    body = {
        "mode": step.mode.value,
        "proof": {"kind": step.proof.kind.value, "value": step.proof.value},
        "version": step.version,
    }
    path = "/v1/patients/{}/claim-authorisations"
    read_one = reader(Authorisation, mode=step.mode)
    return backend.post(read_one, path, step.patient_id, body=body, key=fresh_key())


def policies(backend: Exchange, step: FetchPolicies) -> Told[Policies]:
    """Asked of the insurer under the number of the word."""
    path = "/v1/claim-authorisations/{}/policies"
    return backend.get(reader(Policies), path, step.authorisation_id)


def choose_policy(backend: Exchange, step: ChoosePolicy) -> Told[Authorisation]:
    """Choosing the same again stands as it was."""
    return backend.post(
        reader(Authorisation, authorisation_id=step.authorisation_id),
        "/v1/claim-authorisations/{}/policy",
        step.authorisation_id,
        body={"policy_no": step.policy_no},
        key=f"{step.authorisation_id}/policy/{step.policy_no}",
    )


def apply_claim(backend: Exchange, step: ApplyClaim) -> Told[Claim]:
    """Under the key of its word: the same claim however often it is sent."""
    body = {
        "settlement_id": step.settlement_id,
        "authorisation_id": step.authorisation_id,
        "policy_no": step.policy_no,
    }
    read_one = reader(Claim, settlement_id=step.settlement_id)
    key = f"{step.authorisation_id}/claim"
    return backend.post(read_one, "/v1/claims", body=body, key=key)


REQUESTS: Requests = {
    FetchClaimTerms: claim_terms,
    FetchClaims: claims,
    Authorise: authorise,
    FetchPolicies: policies,
    ChoosePolicy: choose_policy,
    ApplyClaim: apply_claim,
}
