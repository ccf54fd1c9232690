# escalate.pl NOW FILE: what tests/bench/pack has as boundaries.
use strict;
use warnings;
use Time::Local "timegm";

my $now = shift;
my $header = <>;
chomp $header;
my @names = split /\t/, $header, -1;
my %at = map { $names[$_] => $_ } 0 .. $#names;
my %days;
print "$header\tlevel\tescalated\tescalate_to\tboundary\n";
while (<>) {
    chomp;
    my ($received, $closed, $priority) = (split /\t/, $_, -1)[@at{qw(received closed priority)}];
    my ($level, $boundary) = ("", "");
    if ($closed eq "") {
        my $day = $days{substr $received, 0, 10} //= timegm(0, 0, 0, substr($received, 8, 2),
            substr($received, 5, 2) - 1, substr($received, 0, 4));
        my $age = $now - $day - substr($received, 11, 2) * 3600 -
            substr($received, 14, 2) * 60 - substr($received, 17, 2);
        ($level, $boundary) = (1, "first") if $priority eq "P1" && $age >= 900;
        ($level, $boundary) = (1, "second") if $priority eq "P2" && $age >= 3600;
        ($level, $boundary) = (2, "day") if $priority eq "P1" && $age >= 86400;
    }
    print join("\t", $_, $level, $level && $now, $level && "lead$level", $boundary), "\n";
}
