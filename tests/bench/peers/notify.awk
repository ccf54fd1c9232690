# A message for each row that has a level.
BEGIN { FS = OFS = "\t" }
NR == 1 {
	for (i = 1; i <= NF; i++) at[$i] = i
	id = at["id"]; p = at["priority"]; s = at["summary"]; l = at["level"]
	where = at["location"]
	print "id", "party", "medium", "address", "body"
	next
}
$l > 0 {
	print $id, "lead" $l, "sms", "+44113496000" $l, \
		$p " " $id " at " $where ": " substr($s, 1, 60) ". Reply ACK " $id
}
