# The rows whose reports are more than 90.
use strict;
use warnings;

my $header = <>;
chomp $header;
my @names = split /\t/, $header, -1;
my ($reports) = grep { $names[$_] eq "reports" } 0 .. $#names;
print "$header\n";
while (<>) {
    print if (split /\t/)[$reports] > 90;
}
