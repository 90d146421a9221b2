using System.Text;

namespace LocalRetrieval.Mcp.Tests;

/// <summary>A folder with a few documents, gone at the end.</summary>
internal sealed class Documents : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("local-retrieval-mcp-");

    public Documents()
    {
        Write("pumps.md", "# Pumps\n\nThe pump P-4711 is oiled every 500 hours of work.");
        Write("manuals/leave.html", "<html><head><title>Leave</title></head><body><main><h1>Leave</h1><p>Employees have 28 days of paid leave a year.</p></main></body></html>");
        Write("mail/kitchen.eml", "From: a@example.com\r\nTo: b@example.com\r\nSubject: The kitchen\r\nDate: Mon, 1 Jun 2026 08:00:00 +0000\r\nContent-Type: text/plain\r\n\r\nThe coffee machine is cleaned on Fridays.\r\n");
        Write("broken.pdf", "%PDF-1.7\nno document");
    }

    public string Folder => _folder.FullName;

    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
