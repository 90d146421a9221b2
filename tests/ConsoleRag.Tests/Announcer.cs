using Xunit.Abstractions;
using Xunit.Sdk;

namespace ConsoleRag.Tests;

/// <summary>Prints a figure of a passing test on the console of the test run (xunit.runner.json turns such messages on).</summary>
public sealed class Announcer(IMessageSink sink)
{
    public void Announce(FormattableString message) => sink.OnMessage(new DiagnosticMessage(FormattableString.Invariant(message)));
}
