// The persons of a desk: made of their links, each with a folder of state of its own.
//
// Contract: a person's folder is called as the link's file. Calendars of the folder that belong to
// nobody served are removed: the folder is this desk's alone.
// Errors: Invalid for a link that is no person's, is of somebody served already, or of whom the
// directory does not know; those of links and states. Threads: confined to one thread.
// Lifetime: borrows what it is given.
#pragma once

#include <optional>
#include <set>

#include "adapters/desk/desk_config.hpp"
#include "adapters/desk/person.hpp"
#include "adapters/kit/link_file.hpp"
#include "hub/base/random.hpp"

namespace carehub::adapters::desk {

class Persons {
public:
    struct Parts {
        const DeskConfig& config;
        const StaffDirectory& directory;
        std::filesystem::path state_folder;
        const Clock& clock;
        Random& random;
    };
    explicit Persons(Parts parts) : parts_(std::move(parts)) {}

    [[nodiscard]] Status open_folder();
    [[nodiscard]] Status add(const std::filesystem::path& link_file);
    /// Once all are there.
    [[nodiscard]] Status sweep();

    [[nodiscard]] const std::vector<std::unique_ptr<Person>>& all() const { return persons_; }
    [[nodiscard]] bool has(const std::string& name) const;

private:
    [[nodiscard]] Status serve(LinkFile link, const std::filesystem::path& folder);
    [[nodiscard]] Result<std::unique_ptr<PersonFeed>> open_feed(const std::string& name,
                                                                const std::filesystem::path& folder,
                                                                Sealing& sealing);

    Parts parts_;
    std::optional<FeedFolder> folder_;
    std::set<std::string> calendars_;  ///< names of files
    std::vector<std::unique_ptr<Sealing>> sealings_;
    std::vector<std::unique_ptr<Person>> persons_;  ///< they borrow their sealings
};

}  // namespace carehub::adapters::desk
