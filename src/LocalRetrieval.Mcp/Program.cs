using System.CommandLine;
using System.CommandLine.Invocation;

namespace LocalRetrieval.Mcp;

/// <summary>The server as a program.</summary>
internal static class Program
{
    // A model that is being loaded is waited for: a process that ends in the middle of native code may crash.
    private static readonly InvocationConfiguration Invocation = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };

    public static Task<int> Main(string[] args)
    {
        ParseResult parsed = ServerCommand.Create(Environment.GetEnvironmentVariable).Parse(args);
        if (parsed.Action is ParseErrorAction error)
        {
            // The help would go to the standard output, which a client reads as the protocol.
            error.ShowHelp = false;
        }

        return parsed.InvokeAsync(Invocation);
    }
}
