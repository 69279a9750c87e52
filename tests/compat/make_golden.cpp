// Writes the binary sample of each message into a folder: carehub_make_golden FOLDER
// The JSON beside each comes from flatc (README.md says how). Only for new messages: a golden file
// of a released version is never written again.
#include <fstream>
#include <iostream>

#include "tests/compat/samples.hpp"

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: carehub_make_golden FOLDER\n";
        return 64;
    }
    for (const auto& sample : carehub::compat::samples()) {
        const std::string path = std::string(argv[1]) + "/" + sample.name + ".bin";
        std::ofstream file(path, std::ios::binary);
        file << carehub::as_text(sample.encoded);
        file.close();
        if (!file) {
            std::cerr << "cannot write " << path << '\n';
            return 74;
        }
        std::cout << sample.name << ' ' << sample.schema << ' ' << sample.root << '\n';
    }
    return 0;
}
