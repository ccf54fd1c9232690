# triage.pl RULES FILE: the priority of the first pattern that matches.
use strict;
use warnings;

open my $rules, "<", shift or die;
my @rules = map { chomp; my ($text, $priority) = split /\t/; [qr/$text/i, $priority] } <$rules>;
my $header = <>;
chomp $header;
my @names = split /\t/, $header, -1;
my ($summary) = grep { $names[$_] eq "summary" } 0 .. $#names;
print "$header\tpriority\n";
while (<>) {
    chomp;
    my $text = (split /\t/)[$summary];
    my $priority = "P4";
    for my $rule (@rules) {
        if ($text =~ $rule->[0]) {
            $priority = $rule->[1];
            last;
        }
    }
    print "$_\t$priority\n";
}
