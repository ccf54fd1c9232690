# The rows whose reports are more than 90.
BEGIN { FS = "\t" }
NR == 1 { for (i = 1; i <= NF; i++) if ($i == "reports") c = i; print; next }
$c > 90
