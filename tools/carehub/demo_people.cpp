#include "tools/carehub/demo_people.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "adapters/kit/csv_reader.hpp"

namespace carehub::tool::demo {
namespace {

using Cells = std::map<std::string, std::string>;

/// Hands on the named columns of each row.
Status read_columns(const std::filesystem::path& file, const std::vector<std::string>& columns,
                    const std::function<void(const Cells&)>& take) {
    std::optional<adapters::CsvHeader> header;
    return adapters::read_csv(file, {}, [&](const adapters::CsvRow& row) -> Status {
        if (!header) {
            header.emplace(row);
            if (!header->missing(columns).empty()) {
                return fail(ErrorCode::Invalid,
                            file.string() + " has no column " + header->missing(columns).front());
            }
            return {};
        }
        Cells cells;
        for (const std::string& column : columns) {
            const std::size_t place = header->find(column).value_or(row.cells.size());
            cells[column] = place < row.cells.size() ? std::string(row.cells[place]) : "";
        }
        take(cells);
        return {};
    });
}

}  // namespace

Result<People> read_people(const DemoFolder& folder) {
    People people;
    CAREHUB_TRY_DONE(
        read_columns(folder.county() / "directory" / "staff.csv",
                     {"staff", "role", "team", "supervisor"}, [&people](const Cells& row) {
                         people.staff.push_back({row.at("staff"), row.at("role"), row.at("team"),
                                                 row.at("supervisor")});
                     }));
    CAREHUB_TRY_DONE(read_columns(folder.county() / "roster.csv", {"client", "owner", "team", "id"},
                                  [&people](const Cells& row) {
                                      people.owner_of[row.at("client")] = row.at("owner");
                                      people.team_of[row.at("client")] = row.at("team");
                                      people.identifiers_of[row.at("client")].insert(row.at("id"));
                                  }));
    return people;
}

bool People::is_supervisor(const std::string& name) const {
    return std::ranges::any_of(staff, [&](const Staff& member) {
        return member.name == name && member.role == "supervisor";
    });
}

std::string People::supervisor_of(const std::string& client) const {
    const auto told = [&client](const std::map<std::string, std::string>& of) {
        const auto found = of.find(client);
        return found == of.end() ? std::string() : found->second;
    };
    const std::string owner = told(owner_of);
    const std::string team = told(team_of);
    for (const Staff& member : staff) {
        if (!owner.empty() && member.name == owner && !member.supervisor.empty()) {
            return member.supervisor;
        }
    }
    const auto leads = std::ranges::find_if(staff, [&team](const Staff& member) {
        return member.role == "supervisor" && !team.empty() && member.team == team;
    });
    return leads == staff.end() ? "" : leads->name;
}

}  // namespace carehub::tool::demo
