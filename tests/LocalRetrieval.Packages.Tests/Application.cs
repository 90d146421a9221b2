namespace LocalRetrieval.Packages.Tests;

/// <summary>A new application, made outside of the checkout as a user makes one.</summary>
internal sealed class Application
{
    private readonly PackageFeed _feed;
    private readonly string _project;

    private Application(PackageFeed feed, string folder, string project)
    {
        _feed = feed;
        Folder = folder;
        _project = project;
    }

    public string Folder { get; }

    /// <summary>Runs an example's commands in a folder of its own, and puts its program in the place of the template's.</summary>
    /// <param name="feed">The packages.</param>
    /// <param name="name">The folder to make.</param>
    /// <param name="example">Its commands end in the new project's folder.</param>
    public static async Task<Application> CreateAsync(PackageFeed feed, string name, ReadmeExample example)
    {
        string folder = Path.Combine(feed.Applications, name);
        Directory.CreateDirectory(folder);
        await CommandLine.RunAsync("bash", folder, ["-e", "-c", example.Commands], feed.Environment);
        string project = Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories).Single();
        Application application = new(feed, Path.GetDirectoryName(project)!, Path.GetFileNameWithoutExtension(project));
        await File.WriteAllTextAsync(Path.Combine(application.Folder, "Program.cs"), example.Program);
        return application;
    }

    /// <summary>Makes one of the packed templates, in a set of installed templates of the run's own.</summary>
    /// <param name="feed">The packages.</param>
    /// <param name="template">The template's short name.</param>
    /// <param name="name">The project's name, which is also its folder's.</param>
    /// <param name="options">Options of the template.</param>
    public static async Task<Application> CreateAsync(PackageFeed feed, string template, string name, params string[] options)
    {
        string[] hive = ["--debug:custom-hive", feed.Path("hive")];
        if (!Directory.Exists(feed.Path("hive")))
        {
            string package = Path.Combine(feed.Packages, $"LocalRetrieval.Templates.{feed.Version}.nupkg");
            await CommandLine.RunAsync("dotnet", feed.Applications, ["new", "install", package, .. hive], feed.Environment);
        }

        await CommandLine.RunAsync("dotnet", feed.Applications, ["new", template, "-o", name, .. options, .. hive], feed.Environment);
        return new Application(feed, Path.Combine(feed.Applications, name), name);
    }

    /// <summary>Runs it from its own folder, as <c>dotnet run</c> does.</summary>
    public Task<string> RunAsync(params IEnumerable<KeyValuePair<string, string>> environment) =>
        CommandLine.RunAsync("dotnet", Folder, ["run"], new Dictionary<string, string>([.. _feed.Environment, .. environment]));

    /// <summary>Builds it and gives the executable.</summary>
    public async Task<string> BuildAsync(params string[] options)
    {
        await CommandLine.RunAsync("dotnet", Folder, ["build", "-o", Path.Combine(Folder, "built"), .. options], _feed.Environment);
        return Path.Combine(Folder, "built", _project);
    }

    /// <summary>Publishes it and gives the executable and what publishing said.</summary>
    public async Task<(string Executable, string Output)> PublishAsync(string name, params string[] options)
    {
        string folder = _feed.Path($"{_project}-{name}");
        string output = await CommandLine.RunAsync("dotnet", Folder, ["publish", "-o", folder, .. options], _feed.Environment);
        return (Path.Combine(folder, _project), output);
    }
}
