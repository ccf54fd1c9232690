# What tests/bench/pack has as boundaries, at -v now=SECONDS; TZ must be UTC.
BEGIN { FS = OFS = "\t" }
NR == 1 {
	for (i = 1; i <= NF; i++) at[$i] = i
	r = at["received"]; c = at["closed"]; p = at["priority"]
	print $0, "level", "escalated", "escalate_to", "boundary"
	next
}
{
	level = boundary = ""
	if ($c == "") {
		t = $r
		gsub(/[-T:Z]/, " ", t)
		age = now - mktime(t)
		if ($p == "P1" && age >= 900) { level = 1; boundary = "first" }
		if ($p == "P2" && age >= 3600) { level = 1; boundary = "second" }
		if ($p == "P1" && age >= 86400) { level = 2; boundary = "day" }
	}
	print $0, level, level == "" ? "" : now, level == "" ? "" : "lead" level, boundary
}
