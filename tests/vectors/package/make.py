"""Makes the vectors of docs/spec/package.md (names, and what a seal is bound to) by hand and the standard library."""

import hashlib
import json
from pathlib import Path

MINUTE = "202110211630"
HEAD = f"MEF-SIGA-tr_1288_2021_{MINUTE}_"
NAMES = {  # written by hand from the page, rule by rule
    "REGION LIMA - HOSPITAL DE APOYO REZOLA": "REGION LIMA - HOSPITAL DE APOYO REZOLA",
    "SERVICIOS BASICOS DE SALUD CAÑETE - YAUYOS": "SERVICIOS BASICOS DE SALUD CAÑETE - YAUYOS",
    "NIN\u0303O": "NIÑO",
    'HOSPITAL "REZOLA" A/B\\C:D*E?F<G>H|I': "HOSPITAL _REZOLA_ A_B_C_D_E_F_G_H_I",
    "GOB. REG. DE LIMA.": "GOB. REG. DE LIMA",
    "  DOS\u00a0PALABRAS . ": "DOS PALABRAS",
    "...": "UE",
    "X\u202eY": "X_Y",
    "CON": "CON",
}
LABEL = b'{"sistema":"SIGA","unidad":"1288"}'
KID = "A" * 43


def main() -> None:
    names = [{"nombre": name, "raiz": HEAD + mapped} for name, mapped in NAMES.items()]
    long = "Ñ" * 150
    names.append({"nombre": long, "raiz": HEAD + "Ñ" * ((240 - len(HEAD)) // 2)})
    info = [
        {
            "rol": rol,
            "kid": KID,
            "label": LABEL.hex(),
            "info": b"\0".join(
                [b"sigasers-rar-v1", rol.encode(), KID.encode(), hashlib.sha256(LABEL).digest()]
            ).hex(),
        }
        for rol in ("centro", "unidad")
    ]
    path = Path(__file__).with_name("vectors.json")
    text = json.dumps({"minuto": MINUTE, "nombres": names, "info": info}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
