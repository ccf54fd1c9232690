# The rows whose summary has a broken printer.
use strict;
use warnings;

my $header = <>;
chomp $header;
my @names = split /\t/, $header, -1;
my ($summary) = grep { $names[$_] eq "summary" } 0 .. $#names;
print "$header\n";
while (<>) {
    print if (split /\t/)[$summary] =~ /\bprinter (down|offline|jammed)\b/i;
}
