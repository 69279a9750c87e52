// A county of Maria and Ben, and what people say of whose an identifier is. The number B-7 stands
// with Maria.
#pragma once

#include "tests/support/world.hpp"

namespace carehub::test {

struct IdentityWorld {
    World world{*parse_iso_time("2026-07-06T12:00:00Z"), few_rules()};

    IdentityWorld();

    Receipt say(LinkAct act, const std::string& id, const std::string& client,
                const std::string& to = "", const std::string& by = "admin");
    Receipt link(const std::string& id, const std::string& client) {
        return say(LinkAct::Link, id, client);
    }
    Receipt unlink(const std::string& id, const std::string& client) {
        return say(LinkAct::Unlink, id, client);
    }
    Receipt split(const std::string& id, const std::string& client, const std::string& to) {
        return say(LinkAct::Split, id, client, to);
    }
    Receipt merge(const std::string& client, const std::string& other) {
        return say(LinkAct::Merge, "", client, other);
    }
    Receipt unmerge(const std::string& client, const std::string& other) {
        return say(LinkAct::Unmerge, "", client, other);
    }

    Receipt keep(RetentionAct act, const std::string& client, const std::string& by);

    /// Ana has the client, the roster says; the identifier is that partner's.
    Receipt roster(const std::string& id, const std::string& client,
                   const std::string& partner = "");
    Receipt book(const std::string& key, const std::string& id);
    Receipt cancel(const std::string& key, const std::string& id);
    Receipt tell(const std::string& partner, EventKind kind, const std::string& id, Payload payload,
                 const std::string& key = "");
    /// One of each kind of record under that identifier.
    void tell_everything(const std::string& id);
    /// That owner and that tier, as ana says under that identifier.
    void assign(const std::string& owner, RiskTier tier, const std::string& id);

    [[nodiscard]] const core::Case& subject(const std::string& client) const {
        return world.subject(client);
    }
    [[nodiscard]] std::string_view text(Symbol symbol) const {
        return world.machine.state().text(symbol);
    }
    [[nodiscard]] std::size_t breaches(const std::string& client) const;
    /// Events that this member of staff is owed.
    [[nodiscard]] std::size_t waiting(const std::string& name) const;
    /// All that was told of the client, without alerts, breaches and withdrawn duties, which tell
    /// what went before.
    [[nodiscard]] Decisions records(const std::string& client) const;
};

}  // namespace carehub::test
