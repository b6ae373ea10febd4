namespace JikoXpress.Jiko;

/// <summary>
/// A file that one process at a time holds. The system gives it back when its holder ends, however that happens.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits until nobody else holds it, and says so once.</summary>
    /// <exception cref="Failure">The folder cannot be written.</exception>
    public static async Task<IDisposable> Take(string file, CancellationToken token = default)
    {
        for (var said = false; ; said = true)
        {
            if (TryTake(file) is { } taken) return taken;
            if (!said) Screen.Say("waiting for another ./jiko");
            await Task.Delay(Interval, token);
        }
    }

    /// <summary>Null when another holds it.</summary>
    /// <exception cref="Failure">The folder cannot be written.</exception>
    public static IDisposable? TryTake(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new Failure($"cannot write {file}; whose folder is it?");
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }
}
