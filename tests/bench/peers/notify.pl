# A message for each row that has a level.
use strict;
use warnings;

my $header = <>;
chomp $header;
my @names = split /\t/, $header, -1;
my %at = map { $names[$_] => $_ } 0 .. $#names;
my @wanted = @at{qw(id priority summary level location)};
print "id\tparty\tmedium\taddress\tbody\n";
while (<>) {
    chomp;
    my ($id, $priority, $summary, $level, $location) = (split /\t/, $_, -1)[@wanted];
    next unless $level;
    print "$id\tlead$level\tsms\t+44113496000$level\t$priority $id at $location: ",
        substr($summary, 0, 60), ". Reply ACK $id\n";
}
