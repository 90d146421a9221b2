using System.Diagnostics;

namespace LocalRetrieval.Rag.Tests.Documents.Folders;

/// <summary>A folder that is there as long as a test runs.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rag-tests-").FullName;

    /// <summary>Whether the tests run as a user whom nothing is closed to.</summary>
    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    public string Write(string name, string text = "text")
    {
        string path = In(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Link(string name, string target) => File.CreateSymbolicLink(In(name), target);

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Runs a program of the system in the folder.</summary>
    public void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Path })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>The names that a walk finds.</summary>
    public string[] Names(FolderOptions? options = null) => [.. Walk(options).Files.Select(file => file.Name).Order(StringComparer.Ordinal)];

    public FolderContents Walk(FolderOptions? options = null) => FolderWalk.Run(Path, options ?? new FolderOptions(), CancellationToken.None);

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.Delete(Path, recursive: true);
            return;
        }

        // The platform's own deletion finds neither names that are no Unicode nor very long paths.
        Run("chmod", "-R", "u+rwx", ".");
        Run("rm", "-rf", Path);
    }
}
