// What partners of a story tell.
//
//   PARTNER KIND ID for CLIENT TIME - TIME [at CODE] [FLAG...]      told again: at another time
//       KIND: visit, session, dosing, group, benefits, hearing, check-in, test, meeting,
//             housing-meeting, inspection
//       FLAG: all-day, call-list, transparent, tentative, mandatory, remote, of SERIES; as the last
//             one missed: nothing was told of it before
//   PARTNER missed|completed|arrived|cancelled|discontinued|deleted|failure-to-appear ID
//   PARTNER unlists|lists ID
//           [after-all]                        the partner corrects what it had told
//   PARTNER admits|observes|emergency|outpatient ID for CLIENT TIME [at CODE]
//   PARTNER discharges|corrects ID TIME [aged YEARS] [DISPOSITION]
//       DISPOSITION: home, home-health, facility, psychiatric, rehab, snf, long-term, hospice,
//                    against-advice, custody, dead, other, unknown; home unless told
//   PARTNER cancels-discharge|cancels-admission|cancels-plan ID
//   PARTNER plans-discharge ID TIME   /   PARTNER starts-leave ID   /   PARTNER becomes ID CLASS
//   PARTNER withdraws ID                       what it had told last of it
//   jail books ID for CLIENT TIME   /   jail releases|transfers ID TIME   /   jail cancels-release ID
//   PARTNER reports-death of CLIENT TIME   /   PARTNER takes-back-death of CLIENT
//   PARTNER speaks of CLIENT from HOUR to HOUR until DATE     hourly, on working days
//   PARTNER opens|closes ID TIME - TIME [at CODE] [for KIND]  time of its schedule; about nobody
//   PARTNER confuses CLIENT and CLIENT                        one event with the identifiers of both
//   PARTNER finds-wrong|finds-right KEY [victims]             its adapter's word about its feed
#pragma once

#include <map>
#include <string>

#include "tests/support/scenario_words.hpp"
#include "tests/support/world.hpp"

namespace carehub::test {

class Tellings {
public:
    /// The partner's times are of that zone from now on.
    void use_zone(World& world, const std::string& partner, const std::string& zone);
    std::string tell(World& world, const std::string& partner, Words& words);

private:
    struct Known {
        std::string partner;
        std::string client;
        Submission claim;
        UtcTime began = kUnknownTime;
    };

    std::string tell_of_person(World& world, const std::string& partner, const std::string& verb,
                               Words& words);
    std::string tell_matter(World& world, const std::string& partner, const std::string& verb,
                            Words& words);
    std::string book(World& world, const std::string& partner, ObligationClass obligation_class,
                     Words& words);
    std::string start_stay(World& world, const std::string& partner, const std::string& verb,
                           Words& words);
    std::string change(World& world, const std::string& verb, Known& known, Words& words);
    std::string change_stay(World& world, const std::string& verb, Known& known, Words& words);
    std::string end_stay(World& world, Known& known, bool correction, Words& words);
    std::string speak(World& world, const std::string& partner, Words& words);
    std::string tell_of_schedule(World& world, const std::string& partner, const std::string& verb,
                                 Words& words);
    std::string send(World& world, Known& known);
    UtcTime time(const World& world, const std::string& partner, Words& words) const;

    std::map<std::string, Known> known_;
    std::map<std::string, TimeZone> zones_;  ///< of partners whose zone is another
};

}  // namespace carehub::test
