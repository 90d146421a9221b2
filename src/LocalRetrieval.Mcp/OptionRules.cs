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

    // Read by hand, as the parser's own errors name types of .NET.
    public static int ReadPort(ArgumentResult result)
    {
        if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > IPEndPoint.MaxPort)
        {
            result.AddError($"--port takes a number from 0 to {IPEndPoint.MaxPort}, and not '{result.Tokens[0].Value}'.");
        }

        return port;
    }

    public static Transport ReadTransport(ArgumentResult result)
    {
        switch (result.Tokens[0].Value.ToUpperInvariant())
        {
            case "STDIO":
                return Transport.Stdio;
            case "HTTP":
                return Transport.Http;
            default:
                result.AddError($"--transport takes stdio or http, and not '{result.Tokens[0].Value}'.");
                return default;
        }
    }

    private static void Require(OptionResult result, bool isMet, string rule)
    {
        if (!isMet)
        {
            result.AddError($"{result.Option.Name} {rule}.");
        }
    }
}
