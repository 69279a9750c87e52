#include "tools/carehub/bundle.hpp"

#include <boost/json.hpp>

#include "hub/audit/base64.hpp"
#include "hub/audit/trail_statement.hpp"
#include "hub/vault/signature.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "carehub trail bundle 1";

tl::unexpected<Error> malformed(std::string_view what) {
    return fail(ErrorCode::Damaged, "the bundle has no " + std::string(what));
}

Result<std::string> text_of(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    return value != nullptr && value->is_string() ? Result<std::string>(value->as_string().c_str())
                                                  : malformed(name);
}

Result<const json::array*> list_of(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    return value != nullptr && value->is_array() ? Result<const json::array*>(&value->as_array())
                                                 : malformed(name);
}

Result<std::uint64_t> number_of(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    boost::system::error_code error;
    const auto number = value == nullptr ? 0 : value->to_number<std::uint64_t>(error);
    return value != nullptr && !error ? Result<std::uint64_t>(number) : malformed(name);
}

Result<std::vector<Hash256>> path_of(const json::object& object, std::string_view name) {
    CAREHUB_TRY(const json::array* const list, list_of(object, name));
    std::vector<Hash256> path;
    for (const json::value& item : *list) {
        const auto hash = item.is_string() ? audit::hash_from_base64(item.as_string())
                                           : Result<Hash256>(malformed(name));
        if (!hash) {
            return malformed(name);
        }
        path.push_back(*hash);
    }
    return path;
}

Result<std::vector<std::string>> steps_of(const json::object& entry) {
    CAREHUB_TRY(const json::array* const list, list_of(entry, "trail"));
    std::vector<std::string> steps;
    for (const json::value& step : *list) {
        if (!step.is_string() || step.as_string().find('\n') != json::string::npos) {
            return malformed("trail");
        }
        steps.emplace_back(step.as_string());
    }
    return steps;
}

class Check {
public:
    Check(const json::object& bundle, BundleVerdict& verdict)
        : bundle_(bundle), verdict_(verdict) {}

    Status run(const std::string& wanted_key) {
        CAREHUB_TRY(const std::string format, text_of(bundle_, "format"));
        if (format != kFormat) {
            return fail(ErrorCode::Damaged, "this is not a bundle of a trail, version 1");
        }
        CAREHUB_TRY_DONE(check_key(wanted_key));
        CAREHUB_TRY(const std::string note, text_of(bundle_, "checkpoint"));
        CAREHUB_TRY(verdict_.checkpoint, audit::open_checkpoint(note, key_, vault::is_signed));
        CAREHUB_TRY_DONE(check_since());
        CAREHUB_TRY(verdict_.client, text_of(bundle_, "client"));
        return check_entries();
    }

private:
    Status check_key(const std::string& wanted_key) {
        CAREHUB_TRY(verdict_.key, text_of(bundle_, "key"));
        CAREHUB_TRY(key_, audit::note_key_from_text(verdict_.key));
        if (!wanted_key.empty() && wanted_key != verdict_.key) {
            return fail(ErrorCode::Damaged,
                        "the bundle is signed by another key than the one given");
        }
        return {};
    }

    Status check_since() {
        const json::value* const since = bundle_.if_contains("since");
        if (since == nullptr) {
            return {};
        }
        if (!since->is_object()) {
            return malformed("since");
        }
        CAREHUB_TRY(const std::string note, text_of(since->as_object(), "checkpoint"));
        CAREHUB_TRY(const audit::Checkpoint older,
                    audit::open_checkpoint(note, key_, vault::is_signed));
        CAREHUB_TRY(auto path, path_of(since->as_object(), "consistency"));
        const audit::ConsistencyProof proof{older.head.size, verdict_.checkpoint.head.size,
                                            std::move(path)};
        if (!audit::verify_consistency(proof, older.head.root, verdict_.checkpoint.head.root)) {
            return fail(ErrorCode::Damaged,
                        "the checkpoint does not continue the older one: what "
                        "was written before has changed");
        }
        verdict_.since = older.head.size;
        return {};
    }

    Status check_entries() {
        CAREHUB_TRY(const json::array* const entries, list_of(bundle_, "entries"));
        audit::TrailStatement statement(verdict_.checkpoint,
                                        json::serialize(json::value(verdict_.client)));
        for (const json::value& entry : *entries) {
            if (!entry.is_object()) {
                return malformed("entries");
            }
            CAREHUB_TRY_DONE(check_entry(entry.as_object(), statement));
        }
        verdict_.first_bad.reset();
        verdict_.entries = entries->size();
        CAREHUB_TRY(const std::string note, text_of(bundle_, "statement"));
        CAREHUB_TRY(const std::string stated, audit::open_note(note, key_, vault::is_signed));
        return stated == statement.text()
                   ? Status{}
                   : fail(ErrorCode::Damaged, "the words are not those the hub signed");
    }

    Status check_entry(const json::object& entry, audit::TrailStatement& statement) {
        CAREHUB_TRY(const std::uint64_t number, number_of(entry, "entry"));
        verdict_.first_bad = number;
        if (number <= last_) {
            return fail(ErrorCode::Damaged, named(number) + " stands out of order");
        }
        last_ = number;
        CAREHUB_TRY(const std::string text, text_of(entry, "stored"));
        const auto stored = audit::from_base64(text);
        if (!stored) {
            return malformed("stored bytes of " + named(number));
        }
        CAREHUB_TRY(auto path, path_of(entry, "inclusion"));
        CAREHUB_TRY(const std::vector<std::string> steps, steps_of(entry));
        const Hash256 leaf = audit::hash_leaf(*stored);
        const audit::InclusionProof proof{number - 1, verdict_.checkpoint.head.size,
                                          std::move(path)};
        if (!audit::verify_inclusion(proof, leaf, verdict_.checkpoint.head.root)) {
            return fail(ErrorCode::Damaged,
                        named(number) +
                            " is not what the journal holds there: its bytes or its "
                            "proof were changed");
        }
        statement.add(number, leaf, steps);
        return {};
    }

    static std::string named(std::uint64_t entry) { return "entry " + std::to_string(entry); }

    const json::object& bundle_;
    BundleVerdict& verdict_;
    audit::NoteKey key_;
    std::uint64_t last_ = 0;
};

/// Puts the lines of an answer in their places.
class Making {
public:
    Making(const std::string& client, const std::string& since) : since_(since) {
        bundle_["format"] = kFormat;
        bundle_["client"] = client;
    }

    Status take(const json::object& line) {
        if (line.contains("note")) {
            bundle_["checkpoint"] = line.at("note");
            bundle_["key"] = line.at("key");
        } else if (line.contains("old_size")) {
            bundle_["since"] =
                json::object{{"checkpoint", since_}, {"consistency", line.at("path")}};
        } else if (line.contains("statement")) {
            bundle_["statement"] = line.at("statement");
        } else if (line.contains("path")) {
            entries_.push_back(json::object{{"entry", line.at("entry")},
                                            {"stored", ""},
                                            {"inclusion", line.at("path")},
                                            {"trail", json::array()}});
        } else {
            return fail(ErrorCode::Damaged, "the hub answered with a line of no known form");
        }
        return {};
    }

    /// A step, byte for byte.
    void take_step(const std::string& line) {
        entries_.back().as_object()["trail"].as_array().emplace_back(line);
    }

    /// Pieces are of whole groups of base 64, so they join as text.
    void take_stored(const json::object& line) {
        json::string& stored = entries_.back().as_object()["stored"].as_string();
        stored += line.at("stored").as_string();
    }

    [[nodiscard]] bool has_entry() const { return !entries_.empty(); }

    std::string text() {
        bundle_["entries"] = std::move(entries_);
        return json::serialize(bundle_) + "\n";
    }

private:
    std::string since_;
    json::object bundle_;
    json::array entries_;
};

}  // namespace

BundleVerdict check_bundle(const std::string& text, const std::string& key) {
    BundleVerdict verdict;
    boost::system::error_code error;
    const json::value bundle = json::parse(text, error);
    const Status done = error || !bundle.is_object()
                            ? Status(fail(ErrorCode::Damaged, "the bundle is not whole JSON"))
                            : Check(bundle.as_object(), verdict).run(key);
    if (!done) {
        verdict.problem = done.error();
    }
    return verdict;
}

Result<std::string> make_bundle(const std::string& client, const std::vector<std::string>& lines,
                                const std::string& since) {
    Making making(client, since);
    for (const std::string& line : lines) {
        boost::system::error_code error;
        const json::value value = json::parse(line, error);
        if (error || !value.is_object()) {
            return fail(ErrorCode::Damaged, "the hub answered with a line that is not JSON");
        }
        const json::object& object = value.as_object();
        const bool of_entry = object.contains("sequence") || object.contains("stored");
        if (of_entry && !making.has_entry()) {
            return fail(ErrorCode::Damaged, "the hub answered in another order");
        }
        if (object.contains("sequence")) {
            making.take_step(line);
        } else if (object.contains("stored")) {
            making.take_stored(object);
        } else {
            CAREHUB_TRY_DONE(making.take(object));
        }
    }
    return making.text();
}

}  // namespace carehub::tool
