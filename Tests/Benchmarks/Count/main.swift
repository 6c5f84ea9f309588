internal import Parts

// Count            prints the names of the parts
// Count NAME TIMES runs one so many times, for a tool that counts instructions from outside
if CommandLine.arguments.count == 3, let times = Int(CommandLine.arguments[2]),
  let part = Part.all.first(where: { $0.name == CommandLine.arguments[1] })
{
  try part.prepare()
  var sum = 0
  for _ in 0..<times { sum &+= try part.run() }
  print(sum)
} else {
  for part in Part.all { print(part.name) }
}
