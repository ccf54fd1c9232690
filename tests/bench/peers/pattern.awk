# The rows whose summary has a broken printer; gawk alone has \y.
BEGIN { FS = "\t"; IGNORECASE = 1 }
NR == 1 { for (i = 1; i <= NF; i++) if ($i == "summary") c = i; print; next }
$c ~ /\yprinter (down|offline|jammed)\y/
