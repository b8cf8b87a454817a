"""A proof as JSON, for machines."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from .proof import Count, Proof, Row
from .statistics import wilson

SCHEMA = "chainrule/prove/v1"


def render(proof: Proof) -> str:
    """The whole report."""
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "course": proof.course.name,
        "grader_version": proof.course.version,
        "seed": proof.seed,
        "notes": list(proof.notes),
        "holds": not proof.shortfalls,
        "shortfalls": [asdict(s) for s in proof.shortfalls],
        "functions": [_row(row) for row in proof.rows],
        "total": _row(proof.total),
        "checks": [
            {
                "name": c.name,
                "visibility": c.visibility,
                "caught": _rate(c.caught),
                "alone": list(c.alone),
                "losses": [asdict(s) for s in c.losses],
            }
            for c in proof.checks
        ],
        "power": [
            {"mistake": p.label, "certain": p.certain, "exposed": _rate(p.hits), "slip": p.slip}
            for p in proof.powers
        ],
        "equivalent_mutants": dict(proof.equivalent),
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def _row(row: Row) -> dict[str, Any]:
    rightly, wrongly, unnamed = row.named
    return {
        "assignment": row.assignment,
        "function": row.function,
        "right_accepted": _rate(row.right),
        "wrong_caught_by_public": _rate(row.public),
        "wrong_caught": _rate(row.caught),
        "mutants_caught": _rate(row.mutants),
        "equivalent_mutants": row.equivalent,
        "named": {"rightly": rightly, "wrongly": wrongly, "not": unnamed},
    }


def _rate(count: Count) -> dict[str, Any]:
    low, high = wilson(count.hits, count.of)
    return {"hits": count.hits, "of": count.of, "low": round(low, 6), "high": round(high, 6)}
