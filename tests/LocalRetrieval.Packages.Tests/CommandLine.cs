using System.Diagnostics;

namespace LocalRetrieval.Packages.Tests;

/// <summary>Runs other programs to their end.</summary>
internal static class CommandLine
{
    /// <summary>For builds of our own code, which the solution's build has analysed already: analysis takes most of a build's time.</summary>
    public const string WithoutAnalysis = "-p:RunAnalyzers=false";

    /// <summary>What the program wrote to both of its outputs, in the order in which it came.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0; the message holds what it wrote.</exception>
    public static async Task<string> RunAsync(
        string program, string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using Process process = Start(program, folder, arguments, environment);
        List<string> lines = [];
        await Task.WhenAll(ReadAsync(process.StandardOutput, lines), ReadAsync(process.StandardError, lines));
        await process.WaitForExitAsync();
        string output = string.Join('\n', lines);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(
            $"{program} {string.Join(' ', arguments)} in {folder} ended with exit code {process.ExitCode}:\n{output}");
    }

    /// <summary>Starts a program that goes on until it is ended.</summary>
    public static Process Start(string program, string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test run's own MSBuild told it is not for others.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task ReadAsync(StreamReader reader, List<string> lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }
    }
}
