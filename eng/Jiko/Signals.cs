using System.Diagnostics;
using System.Runtime.InteropServices;

namespace JikoXpress.Jiko;

/// <summary>The wish that a process ends by itself, which .NET has no call for.</summary>
internal static class Signals
{
    private const int Terminate = 15;
    private const uint CtrlBreak = 1;

    /// <summary>SIGTERM; on Windows Ctrl-Break, which an ASP.NET program heeds in the same way.</summary>
    /// <param name="leads">Whether the process leads a group of its own, which is asked as a whole.</param>
    public static void AskToEnd(Process process, bool leads)
    {
        if (OperatingSystem.IsWindows())
        {
            // Without a group of its own the process has had the Ctrl-C that this one had.
            if (leads) GenerateConsoleCtrlEvent(CtrlBreak, (uint)process.Id);
        }
        else if (!leads || Kill(-process.Id, Terminate) != 0)
        {
            _ = Kill(process.Id, Terminate);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GenerateConsoleCtrlEvent(uint signal, uint group);
}
