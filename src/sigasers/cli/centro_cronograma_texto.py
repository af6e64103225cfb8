"""The words for what became of a turno, and why."""

from sigasers.protocol.obligaciones import Causa, Estado

ESTADOS = {
    Estado.FUTURA: "por abrir",
    Estado.ABIERTA: "abierto",
    Estado.CUMPLIDA: "cumplido",
    Estado.CUMPLIDA_TARDE: "cumplido tarde",
    Estado.VENCIDA: "VENCIDO",
}
CAUSAS = {
    Causa.AUN_NO_ABRE: "todavía no abre",
    Causa.A_TIEMPO: "a tiempo",
    Causa.FUERA_DE_PLAZO: "fuera de plazo",
    Causa.SIN_ENVIO: "no se recibió ningún envío para este turno",
    Causa.INCOMPLETO: "al envío le faltan archivos",
    Causa.RECHAZADO: "el envío fue rechazado; la unidad debe enviar otro",
    Causa.FALTA_UN_ANIO: "falta el paquete de uno de los dos años de la PERIÓDICA",
    Causa.OTRO_ANIO: "el envío es de otro año",
    Causa.FOTO_FUERA_DE_TURNO: "los datos se leyeron antes de que abriera el turno",
}
