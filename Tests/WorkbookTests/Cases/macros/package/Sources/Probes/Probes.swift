@freestanding(expression) public macro tried(_ path: String) -> String =
  #externalMacro(module: "ProbePlugin", type: "Tried")
