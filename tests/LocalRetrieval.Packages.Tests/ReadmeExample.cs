namespace LocalRetrieval.Packages.Tests;

/// <summary>An example of the README: the commands and the program below a heading, to the letter.</summary>
/// <param name="Commands">They make a project and add packages to it.</param>
/// <param name="Program">What is pasted into its Program.cs.</param>
internal sealed record ReadmeExample(string Commands, string Program)
{
    public static ReadmeExample Under(string heading)
    {
        string section = File.ReadAllText(Checkout.Path("README.md")).ReplaceLineEndings("\n").Split($"\n### {heading}\n")[1].Split("\n#")[0];
        return new ReadmeExample(Fenced(section, "sh"), Fenced(section, "csharp"));
    }

    private static string Fenced(string section, string language) => section.Split($"\n```{language}\n")[1].Split("\n```")[0];
}
