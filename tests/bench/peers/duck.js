// duck.js THREADS WORK FILE [RULES]: the same work in DuckDB, as one query.
const { DuckDBInstance } = require("@duckdb/node-api");
const fs = require("fs");
const [threads, work, file, rules] = process.argv.slice(2);

const quote = (s) => `'${s.replaceAll("'", "''")}'`;
const calls = () => `read_csv(${quote(file)}, header = true, all_varchar = true, quote = '"', escape = '"')`;
const rows = () => `read_csv(${quote(file)}, header = true, all_varchar = true, delim = '\t', quote = '')`;

const read = (c) => `strptime(${c}, '%m/%d/%Y %H:%M')`;
const write = (c) => `strftime(${c}, '%Y-%m-%dT%H:%M:%SZ')`;
const renamed = (time) => `number AS id, ${time("opened_at")} AS received, ${time("closed_at")} AS closed,
  short_description AS summary, * EXCLUDE (number, opened_at, closed_at, short_description)`;

const patterns = () => fs.readFileSync(rules, "utf8").trimEnd().split("\n").map((line) => line.split("\t"))
  .map(([text, priority]) => `WHEN regexp_matches(summary, ${quote(text)}, 'i') THEN '${priority}'`);
const triage = (from) => `SELECT *, CASE ${patterns().join(" ")} ELSE 'P4' END AS priority FROM ${from}`;

// What tests/bench/pack has as boundaries, and its message.
const now = "2017-01-01 00:00:00";
const escalate = (from, received) => `SELECT *, CASE WHEN level IS NOT NULL THEN '${now}' END AS escalated,
  'lead' || level AS escalate_to FROM (SELECT *, CASE boundary WHEN 'day' THEN 2 WHEN 'first' THEN 1
  WHEN 'second' THEN 1 END AS level FROM (SELECT *, CASE WHEN closed IS NOT NULL THEN NULL
  WHEN priority = 'P1' AND ${received} <= TIMESTAMP '${now}' - INTERVAL 1 DAY THEN 'day'
  WHEN priority = 'P1' AND ${received} <= TIMESTAMP '${now}' - INTERVAL 15 MINUTE THEN 'first'
  WHEN priority = 'P2' AND ${received} <= TIMESTAMP '${now}' - INTERVAL 1 HOUR THEN 'second'
  END AS boundary FROM ${from}))`;
const notify = (from) => `SELECT id, 'lead' || level AS party, 'sms' AS medium, '+44113496000' || level AS address,
  priority || ' ' || id || ' at ' || location || ': ' || substr(summary, 1, 60) || '. Reply ACK ' || id AS body
  FROM ${from} WHERE level IS NOT NULL`;

const queries = {
  import: () => `SELECT ${renamed((c) => write(read(c)))} FROM ${calls()}`,
  select: () => `SELECT * FROM ${rows()} WHERE CAST(reports AS INTEGER) > 90`,
  triage: () => triage(rows()),
  escalate: () => escalate(rows(), "CAST(received AS TIMESTAMP)"),
  notify: () => notify(rows()),
  chain: () => notify(`(${escalate(`(${triage(`(SELECT ${renamed(read)} FROM ${calls()})`)})`, "received")})`),
};

(async () => {
  const db = await DuckDBInstance.create(":memory:", { threads });
  const connection = await db.connect();
  await connection.run(`COPY (${queries[work]()}) TO '/dev/stdout' (FORMAT csv, DELIMITER '\t', HEADER)`);
})();
