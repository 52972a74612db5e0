/// A shell that completes words, with the script that tells it those of this command line.
enum Shell: String, CaseIterable {
  case bash, zsh, fish

  var script: String {
    let specs = Command.allCases.map(\.spec)
    return switch self {
    case .bash: Self.bash(specs)
    case .zsh: Self.zsh(specs)
    case .fish: Self.fish(specs)
    }
  }

  private static func bash(_ specs: [CommandSpec]) -> String {
    let values = specs.flatMap { spec in
      spec.options.filter { !$0.choices.isEmpty }.map { option in
        "    '\(spec.name) \(option.name)') words='\(option.choices.joined(separator: " "))' ;;"
      }
    }
    let options = specs.map { spec in
      let names = spec.completable.map(\.name).joined(separator: " ")
      return "      \(spec.name)) words='\(names)' ;;"
    }
    let operands = specs.filter { !$0.choices.isEmpty }.map { spec in
      "      \(spec.name)) words='\(spec.choices.joined(separator: " "))' ;;"
    }
    return """
      _workbook() {
        local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=
        # Bash takes the = of --option=value for a word.
        if [ "$current" = = ]; then
          current=
        elif [ "$before" = = ]; then
          before=${COMP_WORDS[COMP_CWORD-2]}
        fi
        if [ "$COMP_CWORD" = 1 ]; then
          words='\(firstWords(specs).joined(separator: " "))'
        else
          case "${COMP_WORDS[1]} $before" in
      \(values.joined(separator: "\n"))
          *)
            case "$current" in
            -*) case "${COMP_WORDS[1]}" in
      \(options.joined(separator: "\n"))
              esac ;;
            *) case "${COMP_WORDS[1]}" in
      \(operands.joined(separator: "\n"))
              esac ;;
            esac ;;
          esac
        fi
        COMPREPLY=($(compgen -W "$words" -- "$current"))
      }
      # Where none of its words fit, a file's name does.
      complete -o bashdefault -o default -F _workbook workbook

      """
  }

  private static func zsh(_ specs: [CommandSpec]) -> String {
    let commands = specs.map { "      \(quoted("\($0.name):\($0.brief)"))" }
    let cases = specs.map { spec in
      let options = spec.completable.map { option in
        var help = option.help
        for mark in ["\\", "[", "]", ":"] { help = help.replacing(mark, with: "\\" + mark) }
        let value = option.value.map { value in
          let action =
            option.choices.isEmpty
            ? (value == "FOLDER" ? "_files -/" : "") : "(\(option.choices.joined(separator: " ")))"
          return "\(option.isValueOptional ? "::" : ":")\(value):\(action)"
        }
        let mark = value == nil ? "" : option.isValueOptional ? "=-" : "="
        let repeats = option.repeats ? "*" : ""
        return ([option.name] + [option.short].compactMap(\.self)).map { name in
          "      " + quoted("\(repeats)\(name)\(mark)[\(help)]\(value ?? "")")
        }.joined(separator: " \\\n")
      }
      let operands =
        spec.choices.isEmpty ? "_files" : "(\(spec.choices.joined(separator: " ")))"
      return """
          \(spec.name)) _arguments -S \\
        \(options.joined(separator: " \\\n")) \\
              \(quoted("*: :\(operands)")) ;;
        """
    }
    return """
      #compdef workbook
      _workbook() {
        local -a commands
        if (( CURRENT == 2 )); then
          commands=(
      \(commands.joined(separator: "\n"))
          )
          _describe command commands
          return
        fi
        shift words
        (( CURRENT-- ))
        case $words[1] in
      \(cases.joined(separator: "\n"))
        esac
      }
      # As a file on the function path it is called, else read once.
      if [[ $funcstack[1] = _workbook ]]; then _workbook "$@"; else compdef _workbook workbook; fi

      """
  }

  private static func fish(_ specs: [CommandSpec]) -> String {
    var lines = specs.map { spec in
      "complete -c workbook -n __fish_use_subcommand -f -a \(spec.name) -d \(fishQuoted(spec.brief))"
    }
    for spec in specs {
      let condition = "complete -c workbook -n '__fish_seen_subcommand_from \(spec.name)'"
      if !spec.choices.isEmpty {
        lines.append("\(condition) -f -a '\(spec.choices.joined(separator: " "))'")
      }
      for option in spec.completable {
        let name =
          option.name.hasPrefix("--")
          ? "-l \(option.name.dropFirst(2))" : "-o \(option.name.dropFirst())"
        let short = option.short.map { " -s \($0.dropFirst())" } ?? ""
        let value =
          option.value == nil || option.isValueOptional
          ? ""
          : option.choices.isEmpty ? " -r" : " -x -a '\(option.choices.joined(separator: " "))'"
        lines.append(
          "\(condition)\(short) \(name)\(value) -d \(fishQuoted(option.help))"
        )
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func firstWords(_ specs: [CommandSpec]) -> [String] {
    specs.map(\.name) + ["help", "--help", "--version"]
  }

  /// As one word of zsh.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  private static func fishQuoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}

extension CommandSpec {
  fileprivate var completable: [Option] { options + [Self.help] }

  /// The words that can stand for its operand, where these can be told.
  fileprivate var choices: [String] {
    command == .completions ? Shell.allCases.map(\.rawValue) : []
  }
}
