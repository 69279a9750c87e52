#include "hub/core/read_ahead.hpp"

#include <array>

#include "hub/core/links.hpp"

namespace carehub::core {
namespace {

/// Each step reads what the step before it asked for, so none of them waits.
class ReadAhead {
public:
    ReadAhead(const State& state, std::span<const Input> inputs) : state_(state) {
        for (const Input& input : inputs) {
            const auto* submission = std::get_if<SubmissionInput>(&input.body);
            if (submission != nullptr && !submission->subjects.empty() &&
                count_ < submissions_.size()) {
                submissions_[count_++] = submission;
            }
        }
    }

    void run() {
        each([this](std::size_t at) {
            state_.inbox.expect(submissions_[at]->source);
            state_.links.expect(subject(at));
        });
        each([this](std::size_t at) { state_.links.expect_record(subject(at)); });
        each([this](std::size_t at) {
            clients_[at] = client_of(state_, subject(at));
            state_.cases.expect(clients_[at]);
        });
        each([this](std::size_t at) { state_.cases.expect_record(clients_[at]); });
        each([this](std::size_t at) {
            cases_[at] = state_.find_case(clients_[at]);
            if (cases_[at] != nullptr) {
                expect(cases_[at]->obligations);
                expect(cases_[at]->consents);
                expect(cases_[at]->alerts);
            }
        });
        each([this](std::size_t at) {
            if (cases_[at] != nullptr && !cases_[at]->consents.empty()) {
                __builtin_prefetch(cases_[at]->consents.front().recipients.data());
            }
        });
    }

private:
    template <class Step>
    void each(const Step& step) {
        for (std::size_t at = 0; at < count_; ++at) {
            step(at);
        }
    }

    [[nodiscard]] const SubjectHash& subject(std::size_t at) const {
        return submissions_[at]->subjects.front();
    }

    /// The whole of a few: of many a search reads some.
    template <class Record>
    static void expect(const Records<Record>& records) {
        const std::vector<Record>& all = records.base();
        constexpr std::size_t kWhole = 8;
        for (std::size_t at = 0; at < std::min(all.size(), kWhole); ++at) {
            expect_bytes(&all[at], sizeof(Record));
        }
    }

    const State& state_;
    std::size_t count_ = 0;
    std::array<const SubmissionInput*, kReadAhead> submissions_{};
    std::array<ClientId, kReadAhead> clients_{};
    std::array<const Case*, kReadAhead> cases_{};
};

}  // namespace

void read_ahead(const State& state, std::span<const Input> inputs) {
    ReadAhead(state, inputs).run();
}

}  // namespace carehub::core
