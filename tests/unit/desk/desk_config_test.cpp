// A desk's configuration.
#include "adapters/desk/desk_config.hpp"

#include "tests/unit/desk/desk_site.hpp"

namespace carehub::adapters::desk {
namespace {

constexpr std::string_view kDesk = "[desk]\nzone = \"America/New_York\"\ndirectory = \"staff\"\n";

Result<DeskConfig> read(const std::string& text) {
    TemporaryFolder home;
    write_text(home.path() / "desk.toml", text);
    return read_desk_config(home.path() / "desk.toml");
}

TEST_CASE("The least that a desk needs, and what it does by default", "[desk]") {
    const auto config = read(std::string(kDesk) +
                             "[mail]\nserver = \"smtp://mail.example\"\n"
                             "from = \"desk@agency.example\"\n");
    REQUIRE(config);
    CHECK(config->directory.filename() == "staff");
    CHECK((!config->shows_names && config->text == TextAmount::Full));
    CHECK(config->digest_at == std::chrono::hours{8});
    REQUIRE(config->mail);
    CHECK(config->mail->server.port == 587);
    CHECK((!config->mail->is_clear && !config->mail->is_tls_first));
    CHECK((!config->webhook && !config->calendar));
}

TEST_CASE("Everything that can be said", "[desk]") {
    const auto config = read(
        "[desk]\nzone = \"America/New_York\"\ndirectory = \"staff\"\nlinks = [\"b.carehub\"]\n"
        "names = true\ntext = \"brief\"\ndigest_hour = 6\n"
        "[mail]\nserver = \"smtps://mail.example\"\nfrom = \"a@b\"\nuser = \"u\"\n"
        "password_file = \"p\"\nca = \"ca.pem\"\n"
        "[out]\nformat = \"webhook\"\nendpoint = \"https://chat.example/x\"\nsecret_file = \"s\"\n"
        "[calendar]\nfolder = \"cal\"\nreadable_by = \"group\"\nkeep_days = 7\n"
        "refresh_minutes = 15\nplaces = true\n");
    REQUIRE(config);
    CHECK((config->shows_names && config->text == TextAmount::Brief && config->links.size() == 1));
    CHECK((config->mail->is_tls_first && config->mail->server.port == 465));
    CHECK(config->webhook->endpoint.host == "chat.example");
    CHECK((config->calendar->readers == Readers::Group && config->calendar->shows_places));
    CHECK(config->calendar->refresh == std::chrono::minutes{15});
}

TEST_CASE("What is wrong is named", "[desk]") {
    const std::string desk(kDesk);
    const std::string mail = "[mail]\nserver = \"smtp://mail.example\"\nfrom = \"a@b\"\n";
    const auto [text, words] = GENERATE_COPY(table<std::string, std::string>(
        {{desk, "nothing to tell over"},
         {"[desk]\ndirectory = \"x\"\n" + mail, "[desk] zone"},
         {desk + "digest_hour = 24\n" + mail, "digest_hour"},
         {desk + "text = \"short\"\n" + mail, "\"full\" or \"brief\""},
         {desk + mail + "[sms]\n", "[sms] is not known"},
         {desk + mail + "port = 1\n", "[mail] port is not known"},
         {desk + "[mail]\nserver = \"mail.example\"\nfrom = \"a@b\"\n", "smtp://"},
         {desk + "[mail]\nserver = \"smtp://m\"\nfrom = \"a\"\n", "no mail address"},
         {desk + mail + "user = \"u\"\n", "go together"},
         {desk + mail + "user = \"u\"\npassword_file = \"p\"\nclear = true\n",
          "never sent in clear"},
         {desk + "[out]\nformat = \"ical\"\nfolder = \"x\"\n", "webhook"},
         {desk + "[calendar]\nfolder = \"x\"\nrefresh_minutes = 1\n", "refresh_minutes"}}));
    const auto config = read(text);
    REQUIRE_FALSE(config);
    CHECK(config.error().code == ErrorCode::Invalid);
    CHECK_THAT(config.error().context, Catch::Contains(words));
}

}  // namespace
}  // namespace carehub::adapters::desk
