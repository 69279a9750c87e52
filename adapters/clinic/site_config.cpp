#include "adapters/clinic/site_config.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "adapters/clinic/hl7/element.hpp"
#include "adapters/clinic/limits.hpp"
#include "adapters/kit/toml.hpp"
#include "hub/base/zone_database.hpp"
#include "hub/model/registry.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr std::int64_t kPortMax = 65'535;
constexpr std::int64_t kDurationMinutesMax = 24 * 60;

struct LabelName {
    std::string_view name;
    SecurityLabel label;
};
constexpr LabelName kLabelNames[] = {
    {"Part2", SecurityLabel::Part2},
    {"Psychotherapy", SecurityLabel::Psychotherapy},
    {"MentalHealth", SecurityLabel::MentalHealth},
    {"Hiv", SecurityLabel::Hiv},
    {"Minor", SecurityLabel::Minor},
    {"DvProtected", SecurityLabel::DvProtected},
    {"LocationProtected", SecurityLabel::LocationProtected},
    {"Cji", SecurityLabel::Cji},
    {"SealedCase", SecurityLabel::SealedCase},
};

tl::unexpected<Error> invalid(std::string what) {
    return fail(ErrorCode::Invalid, std::move(what));
}

Result<bool> read_flag(const toml::table& table, std::string_view where, std::string_view key,
                       bool otherwise) {
    const toml::node* node = table.get(key);
    const auto flag = node == nullptr ? std::optional(otherwise) : node->value_exact<bool>();
    if (!flag) {
        return invalid(std::string(where) + " " + std::string(key) + " is neither true nor false");
    }
    return *flag;
}

Status read_feed(const toml::table& feed, Site& site) {
    constexpr std::string_view kWhere = "[feed]";
    CAREHUB_TRY_DONE(refuse_unknown_keys(
        feed, kWhere,
        {"name", "zone", "authority", "identifier_type", "character_set", "allow_test", "unknown",
         "default_duration_min", "may_link", "midnight_is_date"}));
    CAREHUB_TRY(site.feed, required_text(feed, kWhere, "name"));
    CAREHUB_TRY(site.authority, required_text(feed, kWhere, "authority"));
    CAREHUB_TRY(const std::string zone, required_text(feed, kWhere, "zone"));
    CAREHUB_TRY(site.zone, load_zone(zone));
    CAREHUB_TRY(const std::string type, optional_text(feed, kWhere, "identifier_type"));
    site.identifier_type = type.empty() ? site.identifier_type : type;
    CAREHUB_TRY(site.character_set, optional_text(feed, kWhere, "character_set"));
    CAREHUB_TRY(site.allow_test, read_flag(feed, kWhere, "allow_test", site.allow_test));
    CAREHUB_TRY(site.may_link, read_flag(feed, kWhere, "may_link", site.may_link));
    CAREHUB_TRY(site.midnight_is_date,
                read_flag(feed, kWhere, "midnight_is_date", site.midnight_is_date));
    CAREHUB_TRY(const std::string unknown, optional_text(feed, kWhere, "unknown"));
    if (!unknown.empty() && unknown != "accept" && unknown != "reject") {
        return invalid("[feed] unknown is \"accept\" or \"reject\"");
    }
    site.unknown = unknown == "reject" ? UnknownTrigger::Reject : UnknownTrigger::Accept;
    CAREHUB_TRY(const std::int64_t minutes,
                number_within(feed, "default_duration_min", site.default_duration.count(),
                              {1, kDurationMinutesMax}));
    site.default_duration = std::chrono::minutes{minutes};
    return {};
}

/// [listen.tls] or [fhir.tls].
Result<TlsFiles> read_tls(const toml::table& tls, const std::string& where,
                          const std::filesystem::path& folder) {
    CAREHUB_TRY_DONE(
        refuse_unknown_keys(tls, where, {"certificate", "key", "client_ca", "clients"}));
    TlsFiles files;
    CAREHUB_TRY(const std::string certificate, required_text(tls, where, "certificate"));
    CAREHUB_TRY(const std::string key, required_text(tls, where, "key"));
    CAREHUB_TRY(const std::string client_ca, optional_text(tls, where, "client_ca"));
    files.certificate = folder / certificate;
    files.key = folder / key;
    files.client_ca = client_ca.empty() ? std::filesystem::path{} : folder / client_ca;
    CAREHUB_TRY(files.clients, optional_texts(tls, where, "clients", kListenListMax));
    return files;
}

/// What [listen] and [fhir] share.
Status read_door(const toml::table& table, const std::string& name,
                 const std::filesystem::path& folder, ListenAt& at) {
    const std::string where = "[" + name + "]";
    CAREHUB_TRY(const std::string address, optional_text(table, where, "address"));
    at.address = address.empty() ? at.address : address;
    CAREHUB_TRY(const std::int64_t port, number_within(table, "port", at.port, {0, kPortMax}));
    at.port = static_cast<std::uint16_t>(port);
    CAREHUB_TRY(at.allow, optional_texts(table, where, "allow", kListenListMax));
    if (table.contains("tls")) {
        CAREHUB_TRY(const toml::table tls, table_of(table, "tls"));
        CAREHUB_TRY(at.tls, read_tls(tls, "[" + name + ".tls]", folder));
    }
    return {};
}

Status read_listen(const toml::table& listen, const std::filesystem::path& folder, ListenAt& at) {
    CAREHUB_TRY_DONE(refuse_unknown_keys(listen, "[listen]", {"address", "port", "allow", "tls"}));
    CAREHUB_TRY_DONE(read_door(listen, "listen", folder, at));
    if (at.tls && at.tls->client_ca.empty()) {
        return invalid("[listen.tls] needs client_ca: MLLP knows no other proof of who speaks");
    }
    return {};
}

Status read_fhir_listen(const toml::table& root, const std::filesystem::path& folder,
                        ClinicConfig& config) {
    if (!root.contains("fhir")) {
        return {};
    }
    CAREHUB_TRY(const toml::table table, table_of(root, "fhir"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(table, "[fhir]",
                                         {"address", "port", "allow", "tls", "base", "tokens"}));
    FhirListen& fhir = config.fhir.emplace();
    CAREHUB_TRY_DONE(read_door(table, "fhir", folder, fhir.listen));
    CAREHUB_TRY(fhir.base, optional_text(table, "[fhir]", "base"));
    CAREHUB_TRY(fhir.tokens, optional_texts(table, "[fhir]", "tokens", kTokensMax));
    return {};
}

/// The sender's codes as people wrote them, and the glossary's names for what they mean.
template <class Meaning, class Table>
Status read_names(const toml::table& root, std::string_view name, Table& codes) {
    CAREHUB_TRY(const toml::table table, table_of(root, name));
    for (const auto& [code, node] : table) {
        const auto text = node.template value_exact<std::string>();
        const auto known = text ? parse_name<Meaning>(*text) : std::nullopt;
        if (!known) {
            return invalid("[" + std::string(name) + "] " + std::string(code.str()) +
                           " means nothing the glossary lists");
        }
        codes.emplace(hl7::to_upper(code.str()), *known);
    }
    return {};
}

Status read_zones(const toml::table& root, Site& site) {
    CAREHUB_TRY(const toml::table table, table_of(root, "zone"));
    for (const auto& [place, node] : table) {
        CAREHUB_TRY(TimeZone zone, load_zone(node.value_exact<std::string>().value_or("")));
        site.zones.emplace(hl7::to_upper(place.str()), std::move(zone));
    }
    return {};
}

Status read_durations(const toml::table& root, Site& site) {
    CAREHUB_TRY(const toml::table table, table_of(root, "duration_min"));
    for (const auto& [code, node] : table) {
        CAREHUB_TRY(const std::int64_t minutes,
                    number_within(table, code.str(), 0, {1, kDurationMinutesMax}));
        site.durations.emplace(hl7::to_upper(code.str()), std::chrono::minutes{minutes});
    }
    return {};
}

Status read_programs(const toml::table& root, Site& site) {
    std::map<std::string, Program, std::less<>> programs;
    CAREHUB_TRY_DONE(read_names<Program>(root, "program", programs));
    for (const auto& [code, program] : programs) {
        site.labels[code].add(protection_of(program));
    }
    return {};
}

Status read_labels(const toml::table& table, Site& site) {
    for (const auto& [place, node] : table) {
        const std::string where = "[labels] " + std::string(place.str());
        CAREHUB_TRY(const auto names, texts_of(node, where, kProfileListMax));
        Labels labels;
        for (const std::string& name : names) {
            const auto* known = std::find_if(std::begin(kLabelNames), std::end(kLabelNames),
                                             [&](const LabelName& l) { return l.name == name; });
            if (known == std::end(kLabelNames)) {
                return invalid(where + " holds an unknown label");
            }
            labels.add(known->label);
        }
        site.labels[hl7::to_upper(place.str())].add(labels);
    }
    return {};
}

Status read_reasons(const toml::table& table, Site& site) {
    CAREHUB_TRY_DONE(refuse_unknown_keys(table, "[reasons]", {"no_show"}));
    const toml::node* node = table.get("no_show");
    if (node == nullptr) {
        return {};
    }
    CAREHUB_TRY(site.no_show_reasons, texts_of(*node, "[reasons] no_show", kProfileListMax));
    for (std::string& reason : site.no_show_reasons) {
        reason = hl7::to_upper(reason);
    }
    return {};
}

Status read_codes(const toml::table& root, Site& site) {
    CAREHUB_TRY_DONE(
        read_names<ObligationClass>(root, "obligation_class", site.obligation_classes));
    CAREHUB_TRY_DONE(read_names<ObligationStatus>(root, "status", site.statuses));
    CAREHUB_TRY_DONE(read_names<EncounterClass>(root, "encounter_class", site.encounter_classes));
    CAREHUB_TRY_DONE(read_names<Disposition>(root, "disposition", site.dispositions));
    CAREHUB_TRY_DONE(read_durations(root, site));
    CAREHUB_TRY_DONE(read_zones(root, site));
    return read_programs(root, site);
}

Result<ClinicConfig> read_root(const toml::table& root, const std::filesystem::path& folder) {
    CAREHUB_TRY_DONE(
        refuse_unknown_keys(root, "the file",
                            {"feed", "listen", "fhir", "out", "watch", "raw_archive",
                             "obligation_class", "status", "encounter_class", "disposition",
                             "duration_min", "zone", "program", "labels", "reasons"}));
    CAREHUB_TRY(const toml::table feed, table_of(root, "feed"));
    CAREHUB_TRY(const toml::table listen, table_of(root, "listen"));
    CAREHUB_TRY(const toml::table labels, table_of(root, "labels"));
    CAREHUB_TRY(const toml::table reasons, table_of(root, "reasons"));
    ClinicConfig config;
    CAREHUB_TRY_DONE(read_feed(feed, config.site));
    CAREHUB_TRY_DONE(read_listen(listen, folder, config.listen));
    CAREHUB_TRY_DONE(read_fhir_listen(root, folder, config));
    config.watches = root.contains("watch");
    if (config.watches && (root.contains("listen") || config.fhir)) {
        return invalid("[watch] excludes [listen] and [fhir]: give files a link of their own");
    }
    CAREHUB_TRY(config.out, out::read_clinic_out(root, folder));
    CAREHUB_TRY(config.raw_archive, read_raw_archive_limits(root));
    CAREHUB_TRY_DONE(read_codes(root, config.site));
    CAREHUB_TRY_DONE(read_labels(labels, config.site));
    CAREHUB_TRY_DONE(read_reasons(reasons, config.site));
    return config;
}

}  // namespace

Result<ClinicConfig> parse_config(std::string_view text, const std::filesystem::path& folder) {
    CAREHUB_TRY(const toml::table root, parse_toml(text));
    return read_root(root, folder);
}

Result<ClinicConfig> load_config(const std::filesystem::path& path) {
    CAREHUB_TRY(const toml::table root, read_toml(path));
    return read_root(root, path.parent_path());
}

}  // namespace carehub::adapters::clinic
