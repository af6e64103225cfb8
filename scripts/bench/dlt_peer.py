"""``dlt`` as its manual shows it: all tables of a schema into Parquet files. Arguments: schema, folder.

The database's address comes by ``BENCH_DLT_URL``: it holds a password.
"""

import os
import sys

import dlt
from dlt.destinations import filesystem
from dlt.sources.sql_database import sql_database


def main(schema: str, folder: str) -> None:
    """Extract, normalise and load."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    pipeline = dlt.pipeline(
        "medida", destination=filesystem(bucket_url=f"file://{folder}"), dataset_name="copia"
    )
    source = sql_database(
        os.environ["BENCH_DLT_URL"], schema=schema or None, backend="pyarrow", chunk_size=50_000
    )
    info = pipeline.run(source, loader_file_format="parquet")
    info.raise_on_failed_jobs()


if __name__ == "__main__":
    main(*sys.argv[1:])
