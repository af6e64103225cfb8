"""``dlt`` as its manual shows it: all tables of a schema into Parquet files. Arguments: schema, folder.

The database's address comes by ``BENCH_DLT_URL``: it holds a password.
"""

import os
import sys

import dlt
from dlt.destinations import filesystem
from dlt.sources.sql_database import sql_database
from sqlalchemy import create_engine


def main(schema: str, folder: str) -> None:
    """Extract, normalise and load."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    os.environ["EXTRACT__NEXT_ITEM_MODE"] = (
        "fifo"  # all tables at once would need more connections than a server gives
    )
    pipeline = dlt.pipeline(
        "medida", destination=filesystem(bucket_url=f"file://{folder}"), dataset_name="copia"
    )
    engine = create_engine(
        os.environ["BENCH_DLT_URL"]
    )  # one for all tables: else each opens connections of its own
    source = sql_database(engine, schema=schema or None, backend="pyarrow", chunk_size=50_000)
    info = pipeline.run(source, loader_file_format="parquet")
    info.raise_on_failed_jobs()


if __name__ == "__main__":
    main(*sys.argv[1:])
