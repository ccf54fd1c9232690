# import.pl FILE: the columns and times of calls.map.tsv, by Text::CSV_XS.
use strict;
use warnings;
use Text::CSV_XS;

my %names = (number => "id", opened_at => "received", closed_at => "closed",
    short_description => "summary");
my %escapes = ("\\" => "\\\\", "\t" => "\\t", "\n" => "\\n", "\r" => "\\r");

open my $file, "<:raw", $ARGV[0] or die;
my $csv = Text::CSV_XS->new({binary => 1});
my $header = $csv->getline($file);
print join("\t", map { $names{$_} // $_ } @$header), "\n";
my @row = @$header;
$csv->bind_columns(\(@row));
while ($csv->getline($file)) {
    for (@row[1, 2]) {
        s{^(\d+)/(\d+)/(\d+) (\d+:\d+)$}{sprintf "%s-%02d-%02dT%s:00Z", $3, $1, $2, $4}e;
    }
    s/([\\\t\n\r])/$escapes{$1}/g for @row;
    print join("\t", @row), "\n";
}
