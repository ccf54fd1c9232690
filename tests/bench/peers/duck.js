// duck.js THREADS import FILE | triage FILE RULES: the same work in DuckDB.
const { DuckDBInstance } = require("@duckdb/node-api");
const fs = require("fs");
const [threads, work, file, rules] = process.argv.slice(2);

const time = (c) => `strftime(strptime(${c}, '%m/%d/%Y %H:%M'), '%Y-%m-%dT%H:%M:%SZ') AS ${c}`;
const out = "TO '/dev/null' (FORMAT csv, DELIMITER '\t', HEADER)";
const quote = (s) => `'${s.replaceAll("'", "''")}'`;

const queries = {
  import: () => `COPY (SELECT * REPLACE (${time("opened_at")}, ${time("closed_at")}) FROM
    read_csv(${quote(file)}, header = true, all_varchar = true, quote = '"', escape = '"')) ${out}`,
  triage: () => `COPY (SELECT *, CASE ${fs.readFileSync(rules, "utf8").trimEnd().split("\n")
    .map((line) => line.split("\t"))
    .map(([text, priority]) => `WHEN regexp_matches(summary, ${quote(text)}, 'i') THEN '${priority}'`)
    .join(" ")} ELSE 'P4' END AS priority FROM
    read_csv(${quote(file)}, header = true, all_varchar = true, delim = '\t', quote = '')) ${out}`,
};

(async () => {
  const db = await DuckDBInstance.create(":memory:", { threads });
  const connection = await db.connect();
  await connection.run(queries[work]());
})();
