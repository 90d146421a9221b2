using System.CommandLine;

namespace LocalRetrieval.Mcp;

/// <summary>The server as a program.</summary>
internal static class Program
{
    // A model that is being loaded is waited for: a process that ends in the middle of native code may crash.
    private static readonly InvocationConfiguration Invocation = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };

    public static Task<int> Main(string[] args) => ServerCommand.Create(Environment.GetEnvironmentVariable).Parse(args).InvokeAsync(Invocation);
}
