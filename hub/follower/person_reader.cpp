#include "hub/follower/person_reader.hpp"

namespace carehub::follower {

PersonPtr PersonReader::person(const People& people, const ClientId& client) {
    const People::Found found = people.find(client);
    if (found.clear) {
        return found.clear;
    }
    return found.sealed == nullptr ? nobody() : open(client, *found.sealed);
}

PersonPtr PersonReader::person(const Stranger& stranger) {
    if (stranger.clear) {
        return stranger.clear;
    }
    return stranger.sealed.sealed.empty() ? nobody()
                                          : open(ClientId{stranger.subject.value}, stranger.sealed);
}

PersonPtr PersonReader::open(const ClientId& id, const SealedPerson& sealed) {
    if (const Opened* known = kept(id); known != nullptr && known->sealed_at == sealed.sealed_at) {
        return known->person;
    }
    Opened opened{sealed.sealed_at, open_person(id, sealed, unsealer_)};
    PersonPtr person = opened.person;
    keep(id, std::move(opened));
    return person;
}

const PersonReader::Opened* PersonReader::kept(const ClientId& client) {
    const auto known = young_.find(client);
    if (known != young_.end()) {
        return &known->second;
    }
    const auto older = old_.find(client);
    if (older == old_.end()) {
        return nullptr;
    }
    keep(client, std::move(older->second));
    return &young_.find(client)->second;
}

void PersonReader::keep(const ClientId& client, Opened opened) {
    if (young_.size() >= kPeopleOpenMax / 2) {
        old_ = std::move(young_);
        young_.clear();
    }
    young_.insert_or_assign(client, std::move(opened));
}

}  // namespace carehub::follower
