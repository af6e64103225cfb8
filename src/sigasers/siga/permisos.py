"""What people may do with the exporter: its permissions by module, and the usual roles."""

from sigasers.host.accounts import Program

_PERMISOS = {
    "exportar": "Generar los archivos de transmisión",
    "parametros": "Cambiar rutas, unidad ejecutora y llave de seudónimos",
    "tarea": "Generar y quitar la tarea programada",
    "base": "Cambiar la conexión a la base de datos y su contraseña",
    "usuarios": "Administrar los usuarios",
    "auditoria": "Ver y verificar la auditoría",
    "consulta": "Ver el historial y el estado",
}
PROGRAM = Program(
    nombre="siga",
    permisos=_PERMISOS,
    roles={
        "administrador": frozenset(_PERMISOS),
        "operador": frozenset({"exportar", "consulta"}),
        "configurador": frozenset({"parametros", "tarea", "base", "consulta"}),
        "auditor": frozenset({"auditoria", "consulta"}),
    },
)
