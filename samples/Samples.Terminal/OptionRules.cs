using System.CommandLine.Parsing;
using System.Globalization;

namespace Samples;

/// <summary>What the values of options must be.</summary>
internal static class OptionRules
{
    // Read by hand: asking for the value of what is no number throws before the parser's own error is shown.
    public static void Count(OptionResult result) =>
        Require(result, result.Tokens is not [var token] || !int.TryParse(token.Value, CultureInfo.InvariantCulture, out int count) || count >= 1, "must be at least 1");

    public static void Text(OptionResult result) =>
        Require(result, !string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()), "is blank; give a question, or leave the option out to be asked for one");

    public static void Folder(OptionResult result)
    {
        string? path = result.GetValueOrDefault<string>();
        Require(result, !File.Exists(path), $"takes a folder, and '{path}' is a file; give the folder that holds it");
        Require(result, File.Exists(path) || Directory.Exists(path), $"takes a folder, and there is none at '{path}'");
    }

    public static void NewFile(OptionResult result)
    {
        string? path = result.GetValueOrDefault<string>();
        bool isPath = !string.IsNullOrWhiteSpace(path);
        Require(result, isPath, "is blank; give the file to write");
        Require(result, !Directory.Exists(path), $"takes a file, and '{path}' is a folder");
        Require(result, !isPath || Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path!))), $"takes a file in a folder that exists, and '{path}' is in none");
    }

    private static void Require(OptionResult result, bool isMet, string rule)
    {
        if (!isMet)
        {
            result.AddError($"{result.Option.Name} {rule}.");
        }
    }
}
