using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace LocalRetrieval.Mcp;

/// <summary>What the values of options must be.</summary>
internal static class OptionRules
{
    private static readonly string[] LoopbackHosts = ["127.0.0.1", "::1", "localhost"];

    public static void Text(OptionResult result) => Require(result, !string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()), "is blank; give a text, or leave the option out");

    public static void Folder(OptionResult result)
    {
        string? path = result.GetValueOrDefault<string>();
        Require(result, !File.Exists(path), $"takes a folder, and '{path}' is a file; give the folder that holds it");
        Require(result, File.Exists(path) || Directory.Exists(path), $"takes a folder, and there is none at '{path}'");
    }

    public static void Loopback(OptionResult result)
    {
        string host = result.GetValueOrDefault<string>() ?? "";
        Require(result, LoopbackHosts.Contains(host, StringComparer.OrdinalIgnoreCase), $"takes 127.0.0.1, ::1 or localhost, and not '{host}': the server is for this machine alone; for clients elsewhere, put a proxy with TLS before it");
    }

    // Read by hand: asking for the value of what is no number throws before the parser's own error is shown.
    public static void Port(OptionResult result) => Require(
        result, result.Tokens is not [var token] || !int.TryParse(token.Value, CultureInfo.InvariantCulture, out int port) || port is >= 0 and <= IPEndPoint.MaxPort, "takes a number from 0 to 65535");

    private static void Require(OptionResult result, bool isMet, string rule)
    {
        if (!isMet)
        {
            result.AddError($"{result.Option.Name} {rule}.");
        }
    }
}
